/** What a client may call, as the shapes of OpenAI, Anthropic and Gemini list it, and how many tokens a prompt has. */
@NullMarked
package dev.laneway.ingress.models;

import org.jspecify.annotations.NullMarked;
