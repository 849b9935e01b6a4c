/**
 * Which topics there are: what a config needs ({@link dev.laneway.runtime.topology.TopicPlan}), and making them ({@link
 * dev.laneway.runtime.topology.TopicAdmin}). Only combinations of zone, lane, class and account that a route reaches exist; so there
 * is no topic by which local work could reach a cloud account.
 */
@NullMarked
package dev.laneway.runtime.topology;

import org.jspecify.annotations.NullMarked;
