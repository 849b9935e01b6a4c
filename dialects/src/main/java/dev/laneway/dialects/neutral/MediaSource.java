package dev.laneway.dialects.neutral;

import dev.laneway.contracts.Dialect;

/** Where an image or a document is. */
public sealed interface MediaSource {

    record Url(String url) implements MediaSource {}

    /** @param data base64 without line breaks */
    record Base64(String mediaType, String data) implements MediaSource {}

    /** A plain text document. */
    record Plain(String text) implements MediaSource {}

    /** A file that was uploaded to the vendor; means nothing to another vendor. */
    record FileId(Dialect origin, String id) implements MediaSource {}
}
