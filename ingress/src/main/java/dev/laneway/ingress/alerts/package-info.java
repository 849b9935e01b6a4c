/** Alerts that accounting raised, for admins to list. */
@NullMarked
package dev.laneway.ingress.alerts;

import org.jspecify.annotations.NullMarked;
