import type { z } from 'zod';
import type * as api from '../../server/api.ts';

/** What the server sends and takes, inferred from the schemas it validates with. */
export type Session = z.infer<typeof api.sessionReply>;
export type Account = z.infer<typeof api.accountSchema>;
export type Role = z.infer<typeof api.roleSchema>;
export type SignIn = z.input<typeof api.signInBody>;

export type SearchRequest = z.input<typeof api.searchBody>;
export type SearchReply = z.infer<typeof api.searchReply>;
export type SearchResult = z.infer<typeof api.searchResult>;
export type Facets = NonNullable<SearchReply['facets']>;
export type Resource = z.infer<typeof api.resourceReply>;
export type ResourcePassage = Resource['passages'][number];

export type AskRequest = z.input<typeof api.askBody>;
export type AskReply = z.infer<typeof api.askReply>;
export type Message = z.infer<typeof api.messageSchema>;
export type ConversationCard = z.infer<typeof api.conversationCard>;
export type Conversation = z.infer<typeof api.conversationReply>;
export type Answer = NonNullable<Message['answer']>;
export type Outcome = Answer['outcome'];
export type Sentence = Answer['sentences'][number];
export type Citation = Answer['citations'][number];
export type ResourceCard = Answer['nearest'][number];
export type AnswerEvents = EventsOf<typeof api.answerEvents>;

export type PlanRequest = z.input<typeof api.planBody>;
export type PlanCard = z.infer<typeof api.planCard>;
export type PlanReply = z.infer<typeof api.planReply>;
export type Plan = NonNullable<PlanReply['plan']>;
export type PlanSection = Plan['sections'][number];
export type PlanItem = PlanSection['items'][number];
export type SectionKey = PlanSection['key'];
export type TeachingMode = Plan['mode'];
export type PlanVersion = PlanReply['versions'][number];
export type PlanEdit = z.input<typeof api.planEditBody>;
export type PlanEvents = EventsOf<typeof api.planEvents>;

export type CollectionCard = z.infer<typeof api.collectionCard>;
export type Collection = z.infer<typeof api.collectionReply>;
export type CollectionItem = Collection['items'][number];
export type CollectionChange = z.input<typeof api.collectionChange>;

export type Stage = NonNullable<Account['stage']>;
export type RecommendRequest = z.input<typeof api.recommendBody>;
export type Recommendations = z.infer<typeof api.recommendReply>;
export type Feedback = z.input<typeof api.feedbackBody>;
export type DoubtReason = NonNullable<Feedback['reason']>;

export type Overview = z.infer<typeof api.overviewReply>;
export type AnswerCard = z.infer<typeof api.answerCard>;
export type AnswerDetail = z.infer<typeof api.answerDetailReply>;
export type CitationDoubt = z.infer<typeof api.citationDoubt>;
export type Generation = z.infer<typeof api.generationSchema>;
export type GenerationCard = z.infer<typeof api.generationsReply>['generations'][number];
export type EvidencePassage = z.infer<typeof api.evidencePassage>;
export type IngestionRun = z.infer<typeof api.ingestionProgress>;
export type IngestionRunDetail = z.infer<typeof api.ingestionRunReply>;

type EventsOf<T extends Record<string, z.ZodType>> = { [K in keyof T]: z.infer<T[K]> };
