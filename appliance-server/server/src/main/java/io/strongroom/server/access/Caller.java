package io.strongroom.server.access;

import io.strongroom.api.Role;
import io.strongroom.evidence.approval.PersonId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who makes a request, as the gateway found out: a service by its token, a person by their session, or a device by its
 * certificate.
 *
 * @param id what stands in records and logs: the token's public id, the officer's or the device's id
 * @param name the name that an administrator gave the token, or the person's; a device's is its id
 * @param tenantId the installation's tenant as configured
 * @param scopes what a token may do; a person has none, for people may what policy allows their roles
 * @param sources the source ids that it may write for; a service needs {@link Scope#INGEST}, too; a device's is its id
 * @param person who it is, where it is a person
 * @param device which it is, where it is a device
 */
public record Caller(
        String id,
        String name,
        String tenantId,
        Set<Scope> scopes,
        Set<String> sources,
        Optional<Person> person,
        Optional<DeviceIdentity> device) {
    private static final String OFFICER = "Officer";
    private static final String SERVICE_TOKEN = "ServiceToken";

    public Caller {
        scopes = Set.copyOf(scopes);
        sources = Set.copyOf(sources);
    }

    /** A service. */
    public Caller(String id, String name, String tenantId, Set<Scope> scopes, Set<String> sources) {
        this(id, name, tenantId, scopes, sources, Optional.empty(), Optional.empty());
    }

    /** A person. */
    Caller(Person person, String name, String tenantId) {
        this(person.id().value(), name, tenantId, Set.of(), Set.of(), Optional.of(person), Optional.empty());
    }

    /** A device, which may write for the source that has its id. */
    public Caller(DeviceIdentity device, String tenantId) {
        this(device.id(), device.id(), tenantId, Set.of(), Set.of(device.id()), Optional.empty(), Optional.of(device));
    }

    /**
     * A person, in a session.
     *
     * @param id the officer's id, as approvals name it
     * @param attributes what else is known of them, for conditions of a bundle
     * @param session the session's id
     * @param stepUp when they last showed their second factor
     * @param purpose for what they ask, as they state it; empty where they do not
     */
    public record Person(
            PersonId id,
            Set<Role> roles,
            Map<String, String> attributes,
            String session,
            SteppedUp stepUp,
            String purpose) {
        public Person {
            roles = Set.copyOf(roles);
            attributes = Map.copyOf(attributes);
        }

        /** As conditions of a bundle see them. */
        public io.strongroom.policies.Caller asPolicySees() {
            return new io.strongroom.policies.Caller(id.value(), Set.copyOf(Role.wires(roles)), attributes);
        }
    }

    /** The same person, who says what for. A service says nothing of that kind. */
    public Caller stating(String purpose) {
        return new Caller(
                id,
                name,
                tenantId,
                scopes,
                sources,
                person.map(who ->
                        new Person(who.id(), who.roles(), who.attributes(), who.session(), who.stepUp(), purpose)),
                device);
    }

    /**
     * As rules of a bundle see whoever calls: a person in their roles, a service in the least role that each of its scopes
     * needs.
     */
    public io.strongroom.policies.Caller asPolicySees() {
        return person.map(Person::asPolicySees)
                .orElseGet(() -> new io.strongroom.policies.Caller(
                        id,
                        scopes.stream()
                                .flatMap(scope -> scope.leastRole().stream())
                                .map(Role::wire)
                                .collect(Collectors.toUnmodifiableSet()),
                        Map.of()));
    }

    /** What the records of the ledger call such a caller. */
    public String type() {
        if (device.isPresent()) {
            return "Device";
        }
        return person.isPresent() ? OFFICER : SERVICE_TOKEN;
    }

    /** What they call whoever had this {@link #id} when they called. */
    public static String typeOf(String id) {
        return TokenText.isId(id) ? SERVICE_TOKEN : OFFICER;
    }

    /** Whether the caller is a service that may do what {@code scope} names. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
