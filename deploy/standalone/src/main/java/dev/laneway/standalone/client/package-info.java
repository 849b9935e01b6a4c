/**
 * How commands ask a running system: {@link dev.laneway.standalone.client.ApiClient} by the API of its ingress, {@link
 * dev.laneway.standalone.client.ManagementClient} by the management port of any role. With the options that say where it is and with which
 * key.
 */
@NullMarked
package dev.laneway.standalone.client;

import org.jspecify.annotations.NullMarked;
