/**
 * What may be called at all. {@link dev.laneway.provider.intake.Admission} judges each attempt twice, when it comes and when its turn
 * comes, by the config in force then; {@link dev.laneway.provider.intake.ZoneFence} is the third fence around work of zone
 * {@code local}: it trusts the topic's name and the config, and nothing that an event says of itself.
 */
@NullMarked
package dev.laneway.provider.intake;

import org.jspecify.annotations.NullMarked;
