import { AppError } from '../../library/errors.ts';
import { STAGES } from '../../library/resources.ts';
import { plainLanguage } from '../language.ts';

export type JsonLdNode = Record<string, unknown>;

/** schema.org types that are learning resources here; others in a graph (people, breadcrumbs, …) are passed over. */
const RESOURCE_TYPES = new Set(
  (
    'LearningResource Course Syllabus Quiz EducationalOccupationalProgram CreativeWork Article ScholarlyArticle TechArticle ' +
    'BlogPosting NewsArticle Book Chapter HowTo Recipe VideoObject AudioObject MediaObject DigitalDocument ' +
    'PresentationDigitalDocument TextDigitalDocument NoteDigitalDocument WebPage WebApplication SoftwareApplication Dataset'
  ).split(' '),
);

/** Fields that have a place of their own; the rest is kept as metadata. */
const MAPPED = new Set(
  (
    '@context @id identifier name headline text articleBody description abstract inLanguage educationalLevel audience ' +
    'about learningResourceType provider publisher url timeRequired duration license author creator teaches ' +
    'coursePrerequisites competencyRequired'
  ).split(' '),
);

/** The learning resources of a JSON-LD value: a single node, an array, or a `@graph` of nodes, in order. */
export function resourceNodes(value: unknown): JsonLdNode[] {
  if (Array.isArray(value)) return value.flatMap(resourceNodes);
  if (value === null || typeof value !== 'object') return [];
  const node = value as JsonLdNode;
  if (node['@graph'] !== undefined) return resourceNodes(node['@graph']);
  return typesOf(node).some(type => RESOURCE_TYPES.has(type)) ? [node] : [];
}

/**
 * The fields of a manifest from a schema.org node. `educationalLevel` is a stage where it names one, else the grade.
 * @throws AppError `unreadable-resource` when the node has no @id, identifier or url.
 */
export function fieldsOfNode(node: JsonLdNode): Record<string, unknown> {
  const id = idOfNode(node);
  if (id === undefined) throw new AppError('unreadable-resource', 'the node has no @id, identifier or url');
  const level = name(node.educationalLevel);
  const stage = STAGES.find(known => known === level?.toLowerCase());
  const language = name(node.inLanguage);
  const rest = Object.entries(node).filter(([key]) => !MAPPED.has(key) && key !== '@type');
  return {
    ...Object.fromEntries(rest),
    id,
    title: name(node.name) ?? name(node.headline) ?? '',
    text: name(node.text) ?? name(node.articleBody) ?? '',
    description: name(node.description) ?? name(node.abstract),
    language: language && plainLanguage(language),
    stage,
    grade: stage ? undefined : level,
    audience: audienceOf(node.audience),
    subject: name(node.about),
    type:
      name(node.learningResourceType) ??
      typesOf(node)[0]
        ?.replace(/(?<=.)([A-Z])/g, '-$1')
        .toLowerCase(),
    provider: name(node.provider) ?? name(node.publisher),
    url: name(node.url) ?? (/^https?:/.test(id) ? id : undefined),
    duration: name(node.timeRequired) ?? name(node.duration),
    licence: name(node.license),
    authors: [...names(node.author), ...names(node.creator)],
    teaches: names(node.teaches),
    prerequisites: [...names(node.coursePrerequisites), ...names(node.competencyRequired)],
  };
}

/** What identifies the node outside its file. */
export function idOfNode(node: JsonLdNode): string | undefined {
  return name(node['@id']) ?? name(node.identifier) ?? name(node.url);
}

function typesOf(node: JsonLdNode): string[] {
  return names(node['@type']).map(type => type.replace(/^(https?:\/\/schema\.org\/|schema:)/, ''));
}

function name(value: unknown): string | undefined {
  return names(value)[0];
}

/** Texts as JSON-LD writes them: plain, as an entity with a name, as a value with a language, or a list of these. */
function names(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(names);
  if (typeof value === 'string' || typeof value === 'number')
    return `${value}`.trim() === '' ? [] : [`${value}`];
  if (value === null || typeof value !== 'object') return [];
  const entity = value as JsonLdNode;
  const keys = ['name', '@value', 'value', 'targetName', 'alternateName', 'url', '@id'];
  return names(keys.map(key => entity[key]).find(inner => names(inner).length > 0));
}

function audienceOf(value: unknown): string | undefined {
  const entity = (Array.isArray(value) ? value[0] : value) as JsonLdNode | undefined;
  const role = name(entity?.educationalRole) ?? name(entity) ?? '';
  if (/teacher|教师/i.test(role)) return 'teacher';
  return /student|learner|pupil|学生/i.test(role) ? 'learner' : undefined;
}
