/**
 * HTTP as the ingress speaks it, whatever is called: reading a body within bounds, refusing in the caller's dialect, the headers
 * that every response has, and which connections may stay.
 */
@NullMarked
package dev.laneway.ingress.http;

import org.jspecify.annotations.NullMarked;
