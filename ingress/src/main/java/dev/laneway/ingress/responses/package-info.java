/**
 * Stored responses of OpenAI's Responses API. There is no store: a response's id tells its request, the log has the request's body and its
 * answer, and keeps both for as long as answers are kept. What a call refers to is put into its body before it is published. A response
 * that was deleted is marked so by a fact, from which the mark in Redis can be made again.
 */
@NullMarked
package dev.laneway.ingress.responses;

import org.jspecify.annotations.NullMarked;
