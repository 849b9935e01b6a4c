/**
 * Amazon Bedrock's Converse and ConverseStream ({@code POST /model/ID/converse}, {@code .../converse-stream}), by the service model of
 * bedrock-runtime 2023-09-30 as botocore 1.44.8 has it, and the user guide's pages on inference, tools, prompt caching and extended
 * thinking. A stream is binary: {@code vnd.amazon.eventstream}, by the encoding page of the Amazon Transcribe and S3 guides. Signatures are
 * not made here: whoever sends a call signs it.
 */
@NullMarked
package dev.laneway.dialects.bedrock;

import org.jspecify.annotations.NullMarked;
