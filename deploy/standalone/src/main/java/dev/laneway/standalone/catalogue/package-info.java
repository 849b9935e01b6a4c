/**
 * {@code catalogue}: what models cost and can do, shown, checked, and brought up to date by a file. All of it works on files alone; a
 * running gateway sees the file change.
 */
@NullMarked
package dev.laneway.standalone.catalogue;

import org.jspecify.annotations.NullMarked;
