/**
 * Bedrock's Converse and ConverseStream, read and written once more, from the API reference of bedrock-runtime, the page on Signature
 * Version 4 and that on event streams, on purpose independent of the gateway's own.
 */
@NullMarked
package dev.laneway.testkit.bedrock;

import org.jspecify.annotations.NullMarked;
