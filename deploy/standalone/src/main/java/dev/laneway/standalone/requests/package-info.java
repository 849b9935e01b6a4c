/**
 * What became of requests, as the topics have it: {@code trace} shows where one went, {@code dead} the records that could not be processed,
 * which it sends out again. A management port of the running system reads the topics.
 */
@NullMarked
package dev.laneway.standalone.requests;

import org.jspecify.annotations.NullMarked;
