package dev.laneway.testkit.proxy;

/** Which way bytes go. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
