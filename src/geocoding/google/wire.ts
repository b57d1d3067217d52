import { z } from 'zod';

const point = z.object({ lat: z.number(), lng: z.number() });
const box = z.object({ northeast: point, southwest: point });

/** What we read of Google's answer; unknown keys pass. */
export const answerShape = z.object({
  status: z.string(),
  results: z
    .array(
      z.object({
        formatted_address: z.string().optional(),
        partial_match: z.boolean().optional(),
        types: z.array(z.string()).default([]),
        address_components: z.array(z.object({ long_name: z.string(), types: z.array(z.string()) })).default([]),
        geometry: z.object({
          location: point,
          location_type: z.string(),
          bounds: box.optional(),
          viewport: box.optional(),
        }),
      }),
    )
    .default([]),
});

export type GoogleAnswer = z.infer<typeof answerShape>;
export type GoogleResult = GoogleAnswer['results'][number];
