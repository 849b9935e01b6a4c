package dev.laneway.provider.credentials.aws;

import dev.laneway.dialects.UpstreamCall;
import dev.laneway.provider.credentials.SigV4;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretText;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Keys of roles, by AWS's Security Token Service: {@code AssumeRole} and {@code AssumeRoleWithWebIdentity} of its query API, version
 * 2011-06-15, good for an hour. Asked in the deployment's region, unless the role or {@code AWS_ENDPOINT_URL_STS} says where.
 */
final class SecurityTokens {
    private static final SigV4 SIGNATURE = new SigV4("sts");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern REGION_OF_HOST = Pattern.compile("(?:.*\\.)?sts(?:-fips)?\\.([a-z0-9-]+)\\..*");
    private static final String GLOBAL = "sts.amazonaws.com";

    private final Environment environment;
    private final Wire wire;
    private final LongSupplier clock;

    /** @param clock epoch milliseconds */
    SecurityTokens(Environment environment, Wire wire, LongSupplier clock) {
        this.environment = environment;
        this.wire = wire;
        this.clock = clock;
    }

    /** Takes a role on by other keys. */
    Asked assume(AwsKeys.Role role, Session by, String region) {
        Map<String, String> form = form("AssumeRole", role);
        if (role.externalId() != null) {
            form.put("ExternalId", role.externalId());
        }
        return ask(role, region, call -> SIGNATURE.sign(call, by.in(signedFor(call, region)), clock.getAsLong()), form);
    }

    /** Takes a role on by a token. */
    Asked assume(AwsKeys.Role role, SecretText token, String region) {
        Map<String, String> form = form("AssumeRoleWithWebIdentity", role);
        form.put("WebIdentityToken", token.reveal().strip());
        return ask(role, region, call -> call, form);
    }

    private Asked ask(AwsKeys.Role role, String region, UnaryOperator<UpstreamCall> signed, Map<String, String> form) {
        String who = "STS, asked for role " + role.arn() + ",";
        try {
            byte[] body = form.entrySet().stream()
                    .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.UTF_8);
            UpstreamCall call = signed.apply(new UpstreamCall(
                    address(role, region).toString(),
                    Map.of("content-type", "application/x-www-form-urlencoded"),
                    body,
                    List.of()));
            Wire.Answer answer = wire.send("POST", URI.create(call.url()), call.headers(), body, PATIENCE);
            Map<String, String> said = texts(answer.body());
            if (answer.ok()) {
                return Issued.session(
                                said.getOrDefault("AccessKeyId", ""),
                                said.getOrDefault("SecretAccessKey", ""),
                                said.getOrDefault("SessionToken", ""),
                                said.getOrDefault("Expiration", ""))
                        .<Asked>map(Asked.Got::new)
                        .orElseGet(() -> new Asked.Failed(who + " answered without keys"));
            }
            String code = said.getOrDefault("Code", "");
            return new Asked.Failed(
                    who + " answered " + answer.status() + (code.matches("[A-Za-z.]{1,60}") ? " " + code : ""));
        } catch (IOException away) {
            return new Asked.Failed(who + " can't be reached");
        } catch (IllegalArgumentException malformed) {
            return new Asked.Failed("AWS_ENDPOINT_URL_STS is no address");
        }
    }

    private static Map<String, String> form(String action, AwsKeys.Role role) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", "2011-06-15");
        form.put("RoleArn", role.arn());
        form.put("RoleSessionName", role.session());
        return form;
    }

    private URI address(AwsKeys.Role role, String region) {
        if (role.sts() != null) {
            return slashed(role.sts().toString());
        }
        String stated = environment.get("AWS_ENDPOINT_URL_STS");
        return slashed(
                stated != null
                        ? stated
                        : "https://sts." + region
                                + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"));
    }

    private static URI slashed(String address) {
        return URI.create(address.replaceAll("/+$", "") + "/");
    }

    /** A signature is for the region of whoever checks it. */
    private static String signedFor(UpstreamCall call, String region) {
        String host = String.valueOf(URI.create(call.url()).getHost());
        Matcher named = REGION_OF_HOST.matcher(host);
        if (host.equals(GLOBAL)) {
            return "us-east-1";
        }
        return named.matches() && host.contains("amazonaws.com") ? named.group(1) : region;
    }

    /** The texts of all elements without children, by name; the first of a name. Empty where it is no XML. */
    private static Map<String, String> texts(String xml) {
        Map<String, String> texts = new HashMap<>();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            String name = "";
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        name = reader.getLocalName();
                        text.setLength(0);
                    }
                    case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (name.equals(reader.getLocalName())) {
                            texts.putIfAbsent(name, text.toString().strip());
                        }
                        name = "";
                    }
                    default -> {}
                }
            }
            return texts;
        } catch (XMLStreamException malformed) {
            return Map.of();
        }
    }
}
