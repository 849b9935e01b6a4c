/**
 * A TCP proxy that does to a connection what networks do: {@link dev.laneway.testkit.proxy.FaultProxy} stands in front of a broker, a
 * store or a vendor, knows nothing of what they speak, and misbehaves on demand.
 */
@NullMarked
package dev.laneway.testkit.proxy;

import org.jspecify.annotations.NullMarked;
