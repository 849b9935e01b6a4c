/**
 * What an ingress may take on, and how long it waits: every queue of the role is bounded by something here, and its overflow has a
 * name ({@link dev.laneway.ingress.http.Refusal}), a status and a counter.
 */
@NullMarked
package dev.laneway.ingress.limits;

import org.jspecify.annotations.NullMarked;
