/** How far the building of a box has come, least first. */
export const IMPLANTATION_STATUSES = ['DRAFT', 'NOT_IMPLANTED', 'IMPLANTED', 'CERTIFIED'] as const;
export type ImplantationStatus = (typeof IMPLANTATION_STATUSES)[number];

/** A box's status from its three flags; null when OZmap's answer holds none of them. The strongest word wins: a draft is never sold. */
export function implantationStatus(box: {
  draft: boolean | null;
  implanted: boolean | null;
  certified: boolean | null;
}): ImplantationStatus | null {
  if (box.draft) return 'DRAFT';
  if (box.certified) return 'CERTIFIED';
  if (box.implanted) return 'IMPLANTED';
  return box.implanted === null && box.draft === null && box.certified === null ? null : 'NOT_IMPLANTED';
}
