/**
 * Anthropic's Messages API, versions 2023-06-01 and 2026-10-21, after the types of Anthropic's own SDKs (3.x) and its
 * documentation of errors and streaming. Error texts are those that callers report.
 */
@NullMarked
package dev.laneway.testkit.anthropic;

import org.jspecify.annotations.NullMarked;
