// Lets a child process of a test run the sources as they are: `.js` imports lead to the `.ts` files beside them.
import { registerHooks } from 'node:module';

export const hooks = registerHooks({
  resolve(specifier, context, next) {
    const own = specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts');
    return next(own ? `${specifier.slice(0, -3)}.ts` : specifier, context);
  },
});
