package dev.laneway.provider.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Google service account's key file ({@code "type": "service_account"}). Two are the same when they are one key of one account.
 *
 * @param email who it is
 * @param keyId which of its keys this is
 * @param project the project that it belongs to; null where the file does not say
 * @param tokenUri where tokens are asked for
 */
public record ServiceAccount(
        String email, String keyId, @Nullable String project, URI tokenUri, PrivateKey key) {
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final JsonMapper JSON = new JsonMapper();

    public ServiceAccount {
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(tokenUri, "tokenUri");
        Objects.requireNonNull(key, "key");
    }

    /** Reads a key file; empty where it is none that can be used. */
    public static Optional<ServiceAccount> parse(String json) {
        try {
            JsonNode file = JSON.readTree(json);
            String email = file.path("client_email").asText();
            URI tokenUri = URI.create(file.path("token_uri").asText(TOKEN_URI));
            if (email.isEmpty() || tokenUri.getHost() == null) {
                return Optional.empty();
            }
            return Optional.of(new ServiceAccount(
                    email,
                    file.path("private_key_id").asText(),
                    file.path("project_id").textValue(),
                    tokenUri,
                    privateKey(file.path("private_key").asText())));
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s|\\\\n", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceAccount that
                && email.equals(that.email)
                && keyId.equals(that.keyId)
                && tokenUri.equals(that.tokenUri)
                && Objects.equals(project, that.project)
                && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(email, keyId, tokenUri);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServiceAccount[" + email + "]";
    }
}
