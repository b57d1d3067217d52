import { z } from 'zod';

/** Nominatim writes coordinates as text; nothing at all must not become 0. */
const degrees = z.union([z.number(), z.string().trim().min(1).pipe(z.coerce.number())]);

/** What we read of Nominatim's answer; unknown keys pass. */
export const answerShape = z.array(
  z.object({
    lat: degrees,
    lon: degrees,
    category: z.string().optional(),
    type: z.string().optional(),
    addresstype: z.string().optional(),
    importance: z.number().default(0),
    display_name: z.string().optional(),
    address: z.record(z.string(), z.string()).default({}),
    /** South, north, west, east. */
    boundingbox: z.tuple([degrees, degrees, degrees, degrees]).optional(),
  }),
);

export type NominatimPlace = z.infer<typeof answerShape>[number];
