/** The whole pipeline over real servers. {@link dev.laneway.e2e.SharedServers} starts those once for all tests of a JVM. */
package dev.laneway.e2e;
