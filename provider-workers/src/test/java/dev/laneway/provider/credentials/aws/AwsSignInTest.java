package dev.laneway.provider.credentials.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.meters.ProviderMetric;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSignInTest {
    private static final long BEGINNING = 1_790_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final String ARN = "arn:aws:iam::123456789012:role/bedrock";
    private static final AwsKeys.Role ROLE = new AwsKeys.Role(ARN, "nightly", null, null);

    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong(BEGINNING);
    private final Map<String, String> variables = new HashMap<>();
    private final Meters meters = Meters.create();
    private FakeAws aws;
    private AwsSignIn signIn;

    @BeforeEach
    void open() throws IOException {
        aws = new FakeAws(now::get);
        variables.put("HOME", home.toString());
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.address() + "/");
        variables.put("AWS_ENDPOINT_URL_STS", aws.address());
        signIn = new AwsSignIn(this::variable, now::get, meters);
    }

    @AfterEach
    void close() {
        aws.close();
        meters.close();
    }

    @Test
    void shouldTakeTheKeysOfTheMachinesRole() {
        Credential found = find(new AwsKeys.Found());

        assertThat(found).isEqualTo(keys("MACHINE", "token-of-MACHINE"));
    }

    @ParameterizedTest
    @CsvSource({"'', the machine has no role", "a role!, answered 200 for its role"})
    void shouldSayWhyTheMachineGivesNone(String role, String why) {
        aws.role = role;

        assertThat(why(find(new AwsKeys.Found()))).contains(why);
    }

    @Test
    void shouldNotAskTheMachineWhereThatIsSwitchedOff() {
        variables.put("AWS_EC2_METADATA_DISABLED", "true");

        Credential found = find(new AwsKeys.Found());

        assertThat(why(found)).contains("nothing here gives keys of AWS");
        assertThat(aws.seen).isEmpty();
    }

    @Test
    void shouldSayThatNobodyIsThere() {
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9");

        assertThat(why(find(new AwsKeys.Found()))).contains("nothing here gives keys of AWS");
    }

    @Test
    void shouldTakeTheKeysOfTheContainersRole() throws IOException {
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.address() + "/container");
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "an older token");
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file("token", "a container's token"));

        Credential found = find(new AwsKeys.Found());

        assertThat(found).isEqualTo(keys("CONTAINER", "token-of-CONTAINER"));
    }

    @Test
    void shouldSayThatTheContainerIsRefused() {
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.address() + "/container");
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "another token");

        Credential found = find(new AwsKeys.Found());

        assertThat(why(found)).contains("the container's keys answered 401");
        assertThat(aws.asked("/latest/api/token")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http://keys.example/k", "ftp://127.0.0.1/k", "http://127.0.0.1.example/k", "not an address"})
    void shouldNotGetKeysInClearFromElsewhere(String address) {
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);

        assertThat(why(find(new AwsKeys.Found()))).contains("AWS_CONTAINER_CREDENTIALS_FULL_URI is n");
    }

    @Test
    void shouldTakeOnThePodsRole() throws IOException {
        variables.put("AWS_ROLE_ARN", ARN);
        variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", file("token", "a.web.identity\n"));
        variables.put("AWS_ROLE_SESSION_NAME", "pod");

        Credential found = find(new AwsKeys.Found());

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().form())
                .isEqualTo(Map.of(
                        "Action", "AssumeRoleWithWebIdentity",
                        "Version", "2011-06-15",
                        "RoleArn", ARN,
                        "RoleSessionName", "pod",
                        "WebIdentityToken", "a.web.identity"));
        assertThat(aws.last().headers()).doesNotContainKey("authorization");
    }

    @Test
    void shouldNotLetThePodsRoleTakeItselfOn() throws IOException {
        variables.put("AWS_ROLE_ARN", ARN);
        variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", file("token", "a.web.identity"));

        find(new AwsKeys.Assumed(ROLE, new AwsKeys.Found()));

        assertThat(aws.seen).hasSize(1);
        assertThat(aws.last().form())
                .containsEntry("Action", "AssumeRoleWithWebIdentity")
                .containsEntry("RoleSessionName", "nightly");
    }

    @Test
    void shouldTakeARoleOnByStatedKeys() {
        variables.put("ID", "AKID");
        variables.put("SECRET", "a-secret");
        var stated = new AwsKeys.Stated(new SecretRef.Env("ID"), new SecretRef.Env("SECRET"), null);

        Credential found = find(new AwsKeys.Assumed(new AwsKeys.Role(ARN, "nightly", "x:1", null), stated));

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().form())
                .containsEntry("Action", "AssumeRole")
                .containsEntry("RoleArn", ARN)
                .containsEntry("ExternalId", "x:1");
        assertThat(aws.last().headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID/20260921/eu-west-1/sts/aws4_request, ")
                .contains("SignedHeaders=content-type;host;x-amz-date, Signature=");
    }

    @Test
    void shouldTakeARoleOnByTheMachines() {
        Credential found = find(new AwsKeys.Assumed(ROLE, new AwsKeys.Found()));

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().headers()).containsEntry("x-amz-security-token", "token-of-MACHINE");
    }

    @Test
    void shouldTakeARoleOnByAToken() throws IOException {
        Credential found =
                find(new AwsKeys.WebIdentity(ROLE, new SecretRef.File(Path.of(file("token", "a.web.identity")))));

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().form()).containsEntry("WebIdentityToken", "a.web.identity");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_ACCESS_KEY_ID, AKID",
        "AWS_WEB_IDENTITY_TOKEN_FILE, ROLE1",
        "HOME, PROFILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI, CONTAINER",
        "'', MACHINE"
    })
    void shouldAskInAwssOrder(String first, String id) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("AWS_ACCESS_KEY_ID", "AKID");
        all.put("AWS_WEB_IDENTITY_TOKEN_FILE", file("token", "a container's token"));
        all.put("HOME", home.toString());
        all.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.address() + "/container");
        all.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a container's token");
        file(".aws/credentials", "[default]\naws_access_key_id = PROFILE\naws_secret_access_key = s\n");
        variables.putAll(Map.of("AWS_SECRET_ACCESS_KEY", "s", "AWS_ROLE_ARN", ARN));
        variables.remove("HOME");
        boolean from = false;
        for (Map.Entry<String, String> variable : all.entrySet()) {
            from |= variable.getKey().equals(first);
            if (from) {
                variables.put(variable.getKey(), variable.getValue());
            }
        }

        Credential found = find(new AwsKeys.Found());

        assertThat(found)
                .isInstanceOfSatisfying(
                        Credential.Aws.class,
                        keys -> assertThat(keys.accessKeyId().reveal()).isEqualTo(id));
    }

    @Test
    void shouldTakeARoleOnByAnotherProfile() throws IOException {
        file(".aws/config", """
                # roles
                [profile work]
                role_arn = %s
                source_profile = keys   # who may
                s3 =
                  role_arn = none
                [default]
                region = us-east-1
                """.formatted(ARN));
        file(".aws/credentials", "[keys]\naws_access_key_id=KEYS\naws_secret_access_key=s\naws_session_token=t\n");

        Credential found = find(new AwsKeys.Profile("work"));

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().headers().get("authorization")).contains("Credential=KEYS/");
        assertThat(aws.last().headers()).containsEntry("x-amz-security-token", "t");
        assertThat(aws.last().form()).containsEntry("RoleArn", ARN).containsEntry("RoleSessionName", "laneway");
    }

    @Test
    void shouldTakeARoleOnByAProfilesOwnKeys() throws IOException {
        file(".aws/credentials", """
                [work]
                aws_access_key_id = OWN
                aws_secret_access_key = s
                role_arn = %s
                source_profile = work
                """.formatted(ARN));

        find(new AwsKeys.Profile("work"));

        assertThat(aws.last().headers().get("authorization")).contains("Credential=OWN/");
    }

    @Test
    void shouldTakeARoleOnByTheSourceThatAProfileNames() throws IOException {
        file(".aws/config", "[profile work]\nrole_arn = " + ARN + "\ncredential_source = Ec2InstanceMetadata\n");

        Credential found = find(new AwsKeys.Profile("work"));

        assertThat(found).isEqualTo(keys("ROLE1", "a&b"));
        assertThat(aws.last().headers().get("authorization")).contains("Credential=MACHINE/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none     | profile none has no keys in the AWS files here
            program  | profile program names a program, and none is run
            sso      | profile sso wants somebody to sign in
            half     | profile half has a half of an access key
            code     | profile code wants a code of somebody's
            circle   | profile circle is its own source
            alone    | profile alone has a role and nothing to take it on by
            """)
    void shouldSayWhyAProfileGivesNone(String profile, String why) throws IOException {
        file(".aws/config", """
                [profile program]
                credential_process = /bin/keys
                [profile sso]
                sso_session = me
                [profile half]
                aws_access_key_id = HALF
                [profile code]
                role_arn = r
                mfa_serial = m
                [profile circle]
                role_arn = r
                source_profile = back
                [profile back]
                role_arn = r
                source_profile = circle
                [profile alone]
                role_arn = r
                """);

        assertThat(why(find(new AwsKeys.Profile(profile)))).isEqualTo(why);
    }

    @Test
    void shouldTakeRotatedKeysOfAFile() throws IOException {
        String keys = "[work]\naws_secret_access_key = s\naws_access_key_id = ";
        file(".aws/credentials", keys + "OLD");
        find(new AwsKeys.Profile("work"));
        file(".aws/credentials", keys + "NEW");

        await().untilAsserted(() -> assertThat(find(new AwsKeys.Profile("work")))
                .isInstanceOfSatisfying(
                        Credential.Aws.class,
                        found -> assertThat(found.accessKeyId().reveal()).isEqualTo("NEW")));
    }

    @Test
    void shouldAskOnceForManyCalls() {
        var access = new AwsKeys.Assumed(ROLE, new AwsKeys.Found());
        Credential first = find(access);

        Credential second = find(access);

        assertThat(second).isEqualTo(first);
        assertThat(aws.asked("/")).isEqualTo(1);
        assertThat(signIns("given")).isEqualTo(1);
    }

    @Test
    void shouldRenewKeysEarly() {
        var access = new AwsKeys.Assumed(ROLE, new AwsKeys.Found());
        Credential first = find(access);
        now.addAndGet(HOUR - AwsSignIn.EARLY.toMillis());

        Credential meanwhile = find(access);

        assertThat(meanwhile).isEqualTo(first);
        await().untilAsserted(() -> assertThat(find(access)).isEqualTo(keys("ROLE2", "a&b")));
    }

    @Test
    void shouldServeByWhatItHasWhileItIsRefused() {
        var access = new AwsKeys.Assumed(ROLE, new AwsKeys.Found());
        Credential first = find(access);
        aws.stsStatus = 503;
        now.addAndGet(HOUR - AwsSignIn.EARLY.toMillis());
        find(access);
        await().untilAsserted(() -> assertThat(signIns("refused")).isEqualTo(1));

        Credential meanwhile = find(access);

        assertThat(meanwhile).isEqualTo(first);
        assertThat(aws.asked("/")).as("it is left alone for some seconds").isEqualTo(2);
        now.addAndGet(AwsSignIn.EARLY.toMillis());
        assertThat(why(find(access))).contains("answered 503");
    }

    @Test
    void shouldSayWhyItIsRefusedAndServeWhenItIsNotAnyMore() {
        var access = new AwsKeys.Assumed(ROLE, new AwsKeys.Found());
        aws.stsStatus = 403;
        Credential refused = find(access);
        aws.stsStatus = 200;
        now.addAndGet(60_000);

        assertThat(why(refused)).isEqualTo("STS, asked for role " + ARN + ", answered 403 AccessDenied");
        await().untilAsserted(() -> assertThat(find(access)).isEqualTo(keys("ROLE2", "a&b")));
    }

    @Test
    void shouldPrintNoSecret() {
        Session session = Issued.session("an-id", "a-secret", "a-token", "").orElseThrow();

        assertThat(new Asked.Got(session).toString()).doesNotContain("an-id", "a-secret", "a-token");
    }

    private Credential find(AwsKeys keys) {
        Environment environment = this::variable;
        return signIn.find(new CloudAccess.Aws("eu-west-1", keys), new Secrets(environment, SecretValues.NONE)::find);
    }

    private String variable(String name) {
        return variables.get(name);
    }

    private static Credential keys(String id, String token) {
        return new Credential.Aws(
                "eu-west-1", new SecretText(id), new SecretText("secret-of-" + id), new SecretText(token));
    }

    private static String why(Credential missing) {
        assertThat(missing).isInstanceOf(Credential.Missing.class);
        return ((Credential.Missing) missing).why();
    }

    private double signIns(String outcome) {
        return meters.counter(ProviderMetric.SIGN_INS, MetricTag.OUTCOME, outcome)
                .count();
    }

    private String file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }
}
