/** How often what happened. */
export class Counts {
  private readonly byName = new Map<string, number>();

  add(name: string, by = 1): void {
    this.byName.set(name, (this.byName.get(name) ?? 0) + by);
  }

  get total(): number {
    return [...this.byName.values()].reduce((sum, count) => sum + count, 0);
  }

  /** `a 3, b 1`, the most frequent first. */
  toString(): string {
    const counted = [...this.byName].sort(([, a], [, b]) => b - a);
    return counted.length === 0 ? 'none' : counted.map(([name, count]) => `${name} ${count}`).join(', ');
  }
}
