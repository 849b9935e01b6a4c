/**
 * What a role is to whoever runs it: {@link dev.laneway.runtime.role.Role} starts from a {@link
 * dev.laneway.runtime.role.RoleContext} and gives a {@link dev.laneway.runtime.role.RunningRole}, alone in its process or beside
 * the others in one. {@link dev.laneway.runtime.role.ManagementServer} tells the truth about it on a port of its own.
 */
@NullMarked
package dev.laneway.runtime.role;

import org.jspecify.annotations.NullMarked;
