/** What becomes of what routers counted of attempts at the limits of deployments and providers: corrected, kept, or given back. */
@NullMarked
package dev.laneway.provider.rates;

import org.jspecify.annotations.NullMarked;
