package dev.laneway.e2e;

/** The contract, with all roles in this JVM. */
class InOneJvmIT extends GatewayContract {}
