import type { EffectContext } from './context.js';
import { createProspectEffects, type ProspectEffects } from './prospect.js';
import { createSaleEffects, type SaleEffects } from './sale.js';

/** What writes: fetched with the steps that lead there. */
export function createCommands(
  context: EffectContext,
  refreshOffers: () => Promise<void>,
): { sale: SaleEffects; prospect: ProspectEffects } {
  return { sale: createSaleEffects(context, refreshOffers), prospect: createProspectEffects(context) };
}
