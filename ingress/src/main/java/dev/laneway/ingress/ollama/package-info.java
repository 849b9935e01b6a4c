/**
 * What Ollama's own clients ask for beside chats: which models there are, what each can do, that one be loaded. Its routes are shown in
 * Ollama's shape, and a name may end with {@code :latest}, which Ollama adds.
 */
@NullMarked
package dev.laneway.ingress.ollama;

import org.jspecify.annotations.NullMarked;
