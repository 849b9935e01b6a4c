/**
 * What every chat dialect can be read into and written from: a request ({@link dev.laneway.dialects.neutral.ChatRequest})
 * and the events of an answer ({@link dev.laneway.dialects.neutral.ChatEvent}). It is the union of what vendors can say,
 * not the intersection; what nobody here knows travels along as {@link dev.laneway.dialects.neutral.Extras} with the name of
 * the dialect it came in.
 */
@NullMarked
package dev.laneway.dialects.neutral;

import org.jspecify.annotations.NullMarked;
