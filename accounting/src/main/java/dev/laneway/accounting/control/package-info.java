/**
 * Writing {@code lw.control}, which accounting alone does: the config that the file asks for, and the hash of a generated master
 * key. {@link dev.laneway.accounting.control.WriterLock} says which accounting may write, {@link
 * dev.laneway.accounting.control.PublishedControl} what the topic holds, {@link dev.laneway.accounting.control.ConfigPublisher} and
 * {@link dev.laneway.accounting.control.MasterKeyKeeper} bring the topic to what it should hold, in rounds that {@link
 * dev.laneway.accounting.control.ControlWriter} drives.
 */
@NullMarked
package dev.laneway.accounting.control;

import org.jspecify.annotations.NullMarked;
