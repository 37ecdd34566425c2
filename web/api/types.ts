import type { z } from 'zod';
import type * as accounts from '../../server/api/accounts.ts';
import type * as admin from '../../server/api/admin.ts';
import type * as classes from '../../server/api/classes.ts';
import type * as collections from '../../server/api/collections.ts';
import type * as conversations from '../../server/api/conversations.ts';
import type * as ingestion from '../../server/api/ingestion.ts';
import type * as plans from '../../server/api/lesson-plans.ts';
import type * as notices from '../../server/api/notices.ts';
import type * as recommendations from '../../server/api/recommendations.ts';
import type * as resourcesAdmin from '../../server/api/resources-admin.ts';
import type * as search from '../../server/api/search.ts';
import type * as session from '../../server/api/session.ts';

/** What the server sends and takes, inferred from the schemas it validates with. */
export type Session = z.infer<typeof session.sessionReply>;
export type Account = z.infer<typeof session.accountSchema>;
export type Role = z.infer<typeof session.roleSchema>;
export type SignIn = z.input<typeof session.signInBody>;
export type CodeSignIn = z.input<typeof session.codeSignInBody>;

export type SearchRequest = z.input<typeof search.searchBody>;
export type SearchReply = z.infer<typeof search.searchReply>;
export type SearchResult = z.infer<typeof search.searchResult>;
export type Facets = NonNullable<SearchReply['facets']>;
export type Resource = z.infer<typeof search.resourceReply>;
export type Locator = NonNullable<Resource['passages'][number]['locator']>;
/** A passage of a resource; where it stands in the original is not known of every one. */
export type ResourcePassage = Omit<Resource['passages'][number], 'locator'> &
  Partial<Pick<Resource['passages'][number], 'locator'>>;

export type FollowRequest = z.input<typeof conversations.followBody>;
export type AskReply = z.infer<typeof conversations.askReply>;
export type Message = z.infer<typeof conversations.messageSchema>;
export type ConversationCard = z.infer<typeof conversations.conversationCard>;
export type Conversation = z.infer<typeof conversations.conversationReply>;
export type Answer = NonNullable<Message['answer']>;
export type Outcome = Answer['outcome'];
export type Sentence = Answer['sentences'][number];
export type Citation = Answer['citations'][number];
export type ResourceCard = Answer['nearest'][number];
export type AnswerEvents = EventsOf<typeof conversations.answerEvents>;

export type PlanRequest = z.input<typeof plans.planBody>;
export type PlanCard = z.infer<typeof plans.planCard>;
export type PlanReply = z.infer<typeof plans.planReply>;
export type Plan = NonNullable<PlanReply['plan']>;
export type PlanSection = Plan['sections'][number];
export type PlanItem = PlanSection['items'][number];
export type SectionKey = PlanSection['key'];
export type TeachingMode = Plan['mode'];
export type PlanVersion = PlanReply['versions'][number];
export type PlanEdit = z.input<typeof plans.planEditBody>;
export type PlanEvents = EventsOf<typeof plans.planEvents>;

export type CollectionCard = z.infer<typeof collections.collectionCard>;
export type Collection = z.infer<typeof collections.collectionReply>;
export type CollectionItem = Collection['items'][number];
export type CollectionChange = z.input<typeof collections.collectionChange>;

export type ClassCard = z.infer<typeof classes.classCard>;
export type Class = z.infer<typeof classes.classReply>;
export type ClassChange = z.input<typeof classes.classChange>;
export type NewClass = z.input<typeof classes.classBody>;
export type PupilCard = z.infer<typeof classes.pupilCard>;

export type Stage = NonNullable<Account['stage']>;
export type RecommendRequest = z.input<typeof recommendations.recommendBody>;
export type Recommendations = z.infer<typeof recommendations.recommendReply>;
export type Feedback = z.input<typeof recommendations.feedbackBody>;
export type DoubtReason = NonNullable<Feedback['reason']>;

export type Overview = z.infer<typeof admin.overviewReply>;
export type AnswerCard = z.infer<typeof admin.answerCard>;
export type AnswerDetail = z.infer<typeof admin.answerDetailReply>;
export type CitationDoubt = z.infer<typeof admin.citationDoubt>;
export type Generation = z.infer<typeof admin.generationSchema>;
export type GenerationCard = z.infer<typeof admin.generationsReply>['generations'][number];
export type EvidencePassage = z.infer<typeof admin.evidencePassage>;
export type PlanDoubt = z.infer<typeof admin.planDoubt>;
export type ResourceRow = z.infer<typeof resourcesAdmin.resourceRow>;
export type ResourcePageReply = z.infer<typeof resourcesAdmin.resourcesReply>;
export type ResourceRecord = z.infer<typeof resourcesAdmin.resourceRecord>;
export type NearDuplicate = z.infer<typeof resourcesAdmin.nearDuplicatesReply>['nearDuplicates'][number];
export type Proposal = NonNullable<ResourceRecord['proposal']>;
export type Notice = z.infer<typeof notices.noticeSchema>;
export type ResourceStatus = ResourceRow['status'];
export type Visibility = ResourceRow['visibility'];
export type AccountRow = z.infer<typeof accounts.accountRow>;
export type AccountPageReply = z.infer<typeof accounts.accountsReply>;
export type NewAccount = z.input<typeof accounts.newAccountBody>;
export type AccountChange = z.input<typeof accounts.accountChange>;
export type ShownPassword = z.infer<typeof accounts.passwordReply>;
export type ClassRow = z.infer<typeof accounts.classRow>;
export type IngestionRun = z.infer<typeof ingestion.ingestionProgress>;
export type Upload = z.infer<typeof ingestion.uploadReply>;
export type IngestionItem = Upload['items'][number];
export type IngestionRunDetail = z.infer<typeof ingestion.ingestionRunReply>;

type EventsOf<T extends Record<string, z.ZodType>> = { [K in keyof T]: z.infer<T[K]> };
