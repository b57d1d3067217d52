import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Names of the root fields that a valid operation asks for, through fragments too, each once. */
export function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node.selectionSet]),
  );
  const names = new Set<string>();
  const walked = new Set<SelectionSetNode>();
  const walk = (set: SelectionSetNode | undefined) => {
    if (!set || walked.has(set)) return;
    walked.add(set);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else walk(selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value));
    }
  };
  walk(operation.selectionSet);
  return [...names];
}
