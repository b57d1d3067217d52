/**
 * Records by the text in one of their fields. What is removed leaves a hole until `settle`, so that an undone removal comes back
 * to its place: the order stays the order of creation.
 */
export class FieldIndex<R extends { id: string }> {
  private readonly buckets = new Map<string, Map<string, R | null>>();
  private readonly holes: [value: string, id: string][] = [];

  constructor(private readonly field: string) {}

  add(record: R): void {
    const value = this.valueOf(record);
    if (value === undefined) return;
    const bucket = this.buckets.get(value);
    if (bucket) bucket.set(record.id, record);
    else this.buckets.set(value, new Map([[record.id, record]]));
  }

  remove(record: R): void {
    const value = this.valueOf(record);
    if (value === undefined) return;
    this.buckets.get(value)?.set(record.id, null);
    this.holes.push([value, record.id]);
  }

  replace(before: R, after: R): void {
    if (this.valueOf(before) !== this.valueOf(after)) this.remove(before);
    this.add(after);
  }

  find(value: string): R[] {
    const found: R[] = [];
    for (const record of this.buckets.get(value)?.values() ?? []) if (record) found.push(record);
    return found;
  }

  /** Forgets the holes: nothing can be undone any more. */
  settle(): void {
    for (const [value, id] of this.holes) {
      const bucket = this.buckets.get(value);
      if (bucket?.get(id) === null) bucket.delete(id);
      if (bucket?.size === 0) this.buckets.delete(value);
    }
    this.holes.length = 0;
  }

  private valueOf(record: R): string | undefined {
    const value = (record as Record<string, unknown>)[this.field];
    return typeof value === 'string' ? value : undefined;
  }
}
