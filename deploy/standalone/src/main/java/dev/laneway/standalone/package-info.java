/**
 * The system as one program: the command line, all roles in one JVM over embedded servers ({@code up}), and each role alone ({@code
 * run}). Both start the same {@link dev.laneway.runtime.role.Role}s over the same topics; {@link
 * dev.laneway.standalone.LanewayProcess} is the one place where they are wired.
 */
@NullMarked
package dev.laneway.standalone;

import org.jspecify.annotations.NullMarked;
