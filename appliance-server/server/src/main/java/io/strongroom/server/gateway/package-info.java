/** What every request passes: who calls, for which tenant, how often; and how every answer that is a problem looks. */
@NullMarked
package io.strongroom.server.gateway;

import org.jspecify.annotations.NullMarked;
