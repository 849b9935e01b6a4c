/** Alerts as they are read: what was raised, and who was told. Accounting writes them. */
@NullMarked
package dev.laneway.runtime.alerts;

import org.jspecify.annotations.NullMarked;
