/**
 * Kafka, PostgreSQL and Redis for one machine that has nothing but a JDK: the broker inside this JVM, the other two as
 * processes beside it, from binaries that come as Maven artifacts.
 *
 * <p>{@link dev.laneway.services.EmbeddedServices} starts whichever of the three is not given from outside, all at once, on
 * loopback ports. What they keep lives in one data folder:
 *
 * <pre>
 * laneway.lock        held, with our process id in it, while the folder is in use
 * ports.properties    the ports of the last start, taken again where they are free
 * secrets/            random passwords: of PostgreSQL, of Redis, of each of Kafka's users; mode 0600
 * logs/               what the two processes print; the previous start's beside it
 * kafka/ kafka-local/ the broker's; the second holds the topics of zone local and nothing else
 * postgres/ redis/
 * </pre>
 *
 * <p>A new folder appears under a passing name and is renamed when complete, so a start that was killed half way leaves
 * nothing that looks damaged. What is damaged is named in one line and left as it is.
 *
 * <p>The processes are run directly, not by the libraries that carry their binaries: those trust every local user, turn
 * fsync off and stop the servers from shutdown hooks of their own, while requests still drain. Each runs in a session of
 * its own, so that Ctrl-C reaches only this JVM, and a {@link dev.laneway.services.Sweeper} ends
 * them when this JVM is gone without having stopped them.
 */
@NullMarked
package dev.laneway.services;

import org.jspecify.annotations.NullMarked;
