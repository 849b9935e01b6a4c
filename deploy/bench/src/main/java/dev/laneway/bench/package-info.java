/**
 * {@code ./laneway bench}: the same requests, in one run and on the same cores, direct to the vendor simulator, through bare hops (HTTP,
 * three Kafka hops, HTTP, nothing else) and through the pipeline. The load generator, the simulator and the target are processes of
 * their own, so that the CPU of each can be told; what one run says of the ratio between two targets is worth more than any of its
 * absolute figures.
 */
@NullMarked
package dev.laneway.bench;

import org.jspecify.annotations.NullMarked;
