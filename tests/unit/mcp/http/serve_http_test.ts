import { mcpHttpPromises } from "../../../helpers/mcp_http_promises.ts";

mcpHttpPromises();
