package io.strongroom.agent.policy;

/** The appliance wants something of this device that the officers whom it believes did not approve. */
final class NotBelievedException extends Exception {
    /** No two of them approved it, or it is not what they approved. */
    static final String NOT_APPROVED = "settings-not-approved";

    /** It was in force once, and another came after it. */
    static final String ROLLED_BACK = "settings-rolled-back";

    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * @param rule one of those above
     * @param detail a sentence for people
     */
    NotBelievedException(String rule, String detail) {
        super(detail);
        this.rule = rule;
    }

    static NotBelievedException notApproved(String detail) {
        return new NotBelievedException(NOT_APPROVED, detail);
    }

    String rule() {
        return rule;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
