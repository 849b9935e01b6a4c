/**
 * What a model's name says about how the simulator shall behave: {@code sim~ttft=200~gap=20~chunks=64},
 * {@code sim-fault-429}. Any name is a model; what it doesn't say, the simulator's defaults say.
 */
@NullMarked
package dev.laneway.testkit.models;

import org.jspecify.annotations.NullMarked;
