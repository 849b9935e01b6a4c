/**
 * The commands that serve: all roles in one JVM over embedded servers ({@code up}), and each role alone ({@code run}). Both start the same
 * {@link dev.laneway.runtime.role.Role}s over the same topics; {@link dev.laneway.standalone.serve.LanewayProcess} is the one place
 * where they are wired, and {@link dev.laneway.standalone.serve.Standalone} what other commands start who need a whole system.
 */
@NullMarked
package dev.laneway.standalone.serve;

import org.jspecify.annotations.NullMarked;
