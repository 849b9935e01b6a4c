/**
 * Kafka, PostgreSQL and Redis as a process of ours finds them: named by its environment ({@link
 * dev.laneway.standalone.servers.ServersFromEnvironment}) or embedded, with their data in a folder ({@link
 * dev.laneway.standalone.servers.DataOptions}). Two commands are about them alone: {@code services} runs embedded ones, {@code acls} shows
 * the rules that keep the zones apart at a broker and puts them in force.
 */
@NullMarked
package dev.laneway.standalone.servers;

import org.jspecify.annotations.NullMarked;
