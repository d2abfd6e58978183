/** The compiled program on HTTP: its permissions let it listen on loopback. */
import { mcpHttpPromises } from "../helpers/mcp_http_promises.ts";

mcpHttpPromises();
