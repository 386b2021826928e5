/** What devices told, brought into one form, as the appliance answers with it. */
@NullMarked
package io.strongroom.api.telemetry;

import org.jspecify.annotations.NullMarked;
