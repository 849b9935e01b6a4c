package dev.laneway.provider.credentials;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Key files of service accounts that nobody has. */
public final class Accounts {
    static final KeyPair KEYS = keys();

    private Accounts() {}

    public static String json(String tokenUri) {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(KEYS.getPrivate().getEncoded())
                .replace("\n", "\\n");
        return """
                {"type": "service_account", "project_id": "acme-prod", "private_key_id": "k1",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                 "client_email": "gateway@acme-prod.iam.gserviceaccount.com", "token_uri": "%s"}
                """.formatted(key, tokenUri);
    }

    static ServiceAccount account(String tokenUri) {
        return ServiceAccount.parse(json(tokenUri)).orElseThrow();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
