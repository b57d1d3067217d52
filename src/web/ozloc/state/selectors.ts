import { flatAddress, flatOf } from '../../../domain/flat.js';
import { distanceM, type LatLng, pathLengthM } from './geometry.js';
import type { BuildingOffer, KeptHome, Offer, OzlocState } from './state.js';

/** The offer that was chosen, as the newest answer has it; null once it is no longer offered. */
export function chosenOffer(state: OzlocState): Offer | null {
  const { choice } = state;
  return choice?.kind === 'box' ? offerOf(state, choice.boxId) : null;
}

/** The kept home that was chosen. */
export function chosenHome(state: OzlocState): KeptHome | null {
  const { choice, viability } = state;
  if (choice?.kind !== 'home') return null;
  return viability.answer?.reusableProperties.find((home) => home.id === choice.propertyId) ?? null;
}

/** The building whose flat was chosen, as the newest answer has it. */
export function chosenBuilding({ choice, viability }: OzlocState): BuildingOffer | null {
  if (choice?.kind !== 'flat') return null;
  return viability.answer?.buildings.find(({ building }) => building.id === choice.buildingId) ?? null;
}

/** What is known of the flat whose number was typed: it has a client already, or stands empty and is taken over by its id. */
export function typedFlat(state: OzlocState): { isSold: boolean; vacantId: string | null } {
  const offer = chosenBuilding(state);
  const typed = state.form.apartment.trim();
  if (!offer || typed === '') return { isSold: false, vacantId: null };
  const number = flatOf(flatAddress('', typed));
  // What names no flat is not the flat whose address names none.
  if (number === null) return { isSold: false, vacantId: null };
  const vacant = offer.vacantFlats?.find(({ address }) => flatOf(address ?? '') === number);
  return { isSold: offer.soldApartments?.includes(number) ?? false, vacantId: vacant?.id ?? null };
}

/** The offer of a box in the newest answer. */
export function offerOf(state: OzlocState, boxId: string | null): Offer | null {
  return state.viability.answer?.boxes.find((offer) => offer.box.id === boxId) ?? null;
}

/** Position of a box of the newest answer, offered or refused; null when OZmap does not say. */
export function boxLocation(state: OzlocState, boxId: string | null): LatLng | null {
  const answer = state.viability.answer;
  const entry = [...(answer?.boxes ?? []), ...(answer?.refusedBoxes ?? [])].find(({ box }) => box.id === boxId);
  return entry ? located(entry.box) : null;
}

/** Both coordinates, or null. */
export function located(point: { lat: number | null; lng: number | null }): LatLng | null {
  return point.lat === null || point.lng === null ? null : { lat: point.lat, lng: point.lng };
}

/** True when what was drawn ends at the chosen box, so that it is what will be sold. */
export function drawnForChoice(state: OzlocState): boolean {
  const { choice, drawing } = state;
  return choice?.kind === 'box' && drawing.poles.length > 0 && drawing.boxId === choice.boxId;
}

/** From the client over the drawn poles to `end` (the box, or the pointer while drawing). */
export function pathTo(state: OzlocState, end: LatLng | null): LatLng[] {
  const start = state.position;
  if (!start) return [];
  return [{ lat: start.lat, lng: start.lng }, ...state.drawing.poles.map(bare), ...(end ? [bare(end)] : [])];
}

/** The drop on the map: along the drawn poles, or straight; null while there is nothing to show. */
export function dropLine(state: OzlocState): { path: LatLng[]; drawn: boolean } | null {
  const { position, view, drawing } = state;
  if (!position) return null;
  if (view === 'done') return soldLine(state);
  if (view === 'draw') return { path: pathTo(state, boxLocation(state, drawing.boxId)), drawn: true };
  const boxId = lineBoxId(state);
  const end = boxId === null ? homeBox(state) : boxLocation(state, boxId);
  if (!end) return null;
  if (drawing.poles.length > 0 && drawing.boxId === boxId) return { path: pathTo(state, end), drawn: true };
  const start = homeLocation(state) ?? bare(position);
  // Along the poles, where OZmap offers it so; the start may have been dragged since.
  const offered = offerOf(state, boxId)?.dropPath?.slice(1, -1).map(bare) ?? [];
  return { path: [start, ...offered, end], drawn: offered.length > 0 };
}

function soldLine({ outcome }: OzlocState): { path: LatLng[]; drawn: boolean } | null {
  const path = outcome?.reservation.drop?.path?.map(bare);
  return path && path.length > 1 ? { path, drawn: true } : null;
}

/** The box that is chosen, or pointed at before anything is; none that sells nothing: a line to it would look like an offer. */
function lineBoxId(state: OzlocState): string | null {
  const { choice, hotBoxId } = state;
  if (choice) return choice.kind === 'box' ? choice.boxId : null;
  return hotBoxId !== null && offerOf(state, hotBoxId) ? hotBoxId : null;
}

/** Length in metres of the drop that would be sold: as drawn, as the answer says, or straight. */
export function dropLengthM(state: OzlocState): number | null {
  const home = chosenHome(state);
  if (home) return home.drop?.lengthM ?? null;
  const offer = chosenOffer(state);
  if (!offer) return null;
  const end = located(offer.box);
  if (drawnForChoice(state) && end) return pathLengthM(pathTo(state, end));
  if (offer.dropLengthM !== null) return offer.dropLengthM;
  return end && state.position ? distanceM(state.position, end) : null;
}

/** The longest drop that the box's project takes; without a box the largest among the offers; null: no limit known. */
export function dropLimitM(state: OzlocState, boxId: string | null): number | null {
  const offer = offerOf(state, boxId);
  if (offer) return offer.box.project?.dropMaxLengthM ?? null;
  const limits = (state.viability.answer?.boxes ?? []).map(({ box }) => box.project?.dropMaxLengthM ?? null);
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 || known.length < limits.length ? null : Math.max(...known);
}

/** A drop with an end, for `reservePort`: only when something was drawn; absent means straight. */
export function dropPathInput(state: OzlocState): LatLng[] | undefined {
  const { end } = state.drawing;
  return end && drawnForChoice(state) ? pathTo(state, end) : undefined;
}

/** A kept home is a choice for an active client alone: of a reserved one nothing was installed yet, and what was made for him goes. */
export function leavesHome({ mode, existing }: OzlocState): boolean {
  return mode === 'relocate' && existing.client?.status !== 'RESERVED';
}

type SaleIssue =
  | 'contractMissing'
  | 'codeTaken'
  | 'clientUnknown'
  | 'apartmentMissing'
  | 'apartmentSold'
  | 'apartmentNew'
  | 'boxGone'
  | 'tooLong';

/** What still keeps the sale from being sent, as catalogue keys; empty when it may go. */
export function saleIssues(state: OzlocState): SaleIssue[] {
  const issues: SaleIssue[] = [];
  if (state.form.contractCode.trim() === '') issues.push('contractMissing');
  const { choice } = state;
  if (isCodeTaken(state)) issues.push('codeTaken');
  if (state.existing.status === 'missing') issues.push('clientUnknown');
  if (choice?.kind === 'flat') issues.push(...flatIssues(state));
  const chosen = chosenOffer(state) ?? chosenHome(state) ?? chosenBuilding(state);
  if (state.viability.status === 'ready' && !chosen) issues.push('boxGone');
  const length = dropLengthM(state);
  const limit = choice?.kind === 'box' ? dropLimitM(state, choice.boxId) : null;
  if (length !== null && limit !== null && drawnForChoice(state) && length > limit) issues.push('tooLong');
  return issues;
}

function flatIssues(state: OzlocState): SaleIssue[] {
  const issues: SaleIssue[] = state.form.apartment.trim() === '' ? ['apartmentMissing'] : [];
  const { isSold, vacantId } = typedFlat(state);
  if (isSold) issues.push('apartmentSold');
  else if (state.mode === 'relocate' && vacantId === null) issues.push('apartmentNew');
  return issues;
}

/** The contract's code was refused: the same one would be again, until another is typed. */
export function isCodeTaken({ submission }: OzlocState): boolean {
  return submission.trouble?.reason === 'CODE_IN_USE';
}

/** The sale was made, or its lead kept: nothing more is asked. */
export function isOver({ view }: Pick<OzlocState, 'view'>): boolean {
  return view === 'done' || view === 'prospect-done';
}

/** Something was sent whose end is not known yet. */
export function isUnderWay(status: OzlocState['submission']['status']): boolean {
  return status === 'sending' || status === 'waiting';
}

function homeLocation(state: OzlocState): LatLng | null {
  const home = chosenHome(state);
  return home ? located(home) : null;
}

function homeBox(state: OzlocState): LatLng | null {
  const home = chosenHome(state);
  return home?.box ? located(home.box) : null;
}

function bare({ lat, lng }: LatLng): LatLng {
  return { lat, lng };
}
