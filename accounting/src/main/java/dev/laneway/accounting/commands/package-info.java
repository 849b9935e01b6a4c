/**
 * Changes of keys, teams, users and terms. {@link dev.laneway.accounting.commands.CommandDesk} reads {@code lw.commands}, and where this
 * accounting is the writer of the control topic it does them, one after the other: rows and audit in one transaction of {@link
 * dev.laneway.accounting.commands.EntityTables}, the entity on {@code lw.control} before that commits. What the topic has is in force; the
 * tables are made again from it, all but the audit log.
 */
@NullMarked
package dev.laneway.accounting.commands;

import org.jspecify.annotations.NullMarked;
