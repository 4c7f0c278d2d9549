// Made by `npm run console:types` from the OpenAPI document: not to be changed by hand.
export interface paths {
    "/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the declared environments */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an environment */
        get: operations["getEnvironment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start nothing and hold all weights, until resume
         * @description Rollbacks still run. Stopping what is stopped changes nothing.
         */
        post: operations["stopEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Have an environment managed, or only observed
         * @description `observe`: previews, drift and reports work; whatever would write to cluster or stacks is refused, and what is under way waits, its way back included.
         */
        put: operations["setEnvironmentMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on after a stop */
        post: operations["resumeEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how rollouts go in an environment
         * @description Version 0 is what holds where nobody has set a policy: the installation's defaults (TEAL_PACE).
         */
        get: operations["getPolicy"];
        /**
         * Say how rollouts go in an environment
         * @description Makes a new version; all are kept. What is left out is as the installation's defaults say. Operations that were accepted before keep theirs.
         */
        put: operations["setPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List freezes in force or to come */
        get: operations["listFreezes"];
        put?: never;
        /**
         * Let no rollout begin for a while
         * @description Rollouts, and changes that need new pods, are refused while it is in force unless they say why not, and wait where they were accepted before. What has begun goes on; rollbacks and repairs are never held up.
         */
        post: operations["declareFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/freezes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Lift a freeze
         * @description What waited for it goes on. Lifting what is over or lifted changes nothing.
         */
        delete: operations["liftFreeze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read where an environment tells that it needs a person */
        get: operations["getWebhook"];
        /**
         * Say where to tell of operations that wait for a person, halt, fail or go back
         * @description Calls are signed as Standard Webhooks has it, and repeated until one is answered 2xx, for a day. docs/notifications.md says what is in them.
         */
        put: operations["setWebhook"];
        post?: never;
        /**
         * Tell nobody any more
         * @description What was not delivered yet is forgotten.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/webhook/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call the webhook once, now */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List releases */
        get: operations["listReleases"];
        put?: never;
        /**
         * Register a release
         * @description A version is one content for good: registering the very same again changes nothing.
         */
        post: operations["registerRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/releases/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a release */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/releases/{version}/adoption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how far a release has come
         * @description Every tenant is counted once; each group lists the first by id.
         */
        get: operations["readAdoption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/releases/{version}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a release
         * @description From then on no tenant can be brought to it; those that run it keep running it.
         */
        post: operations["withdrawRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/releases/{version}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a release to another environment
         * @description The very same content, once a rollout or a new tenant with it has succeeded here. Repeating it changes nothing.
         */
        post: operations["promoteRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tenants */
        get: operations["listTenants"];
        put?: never;
        /** Create a tenant and provision it */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a tenant */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        /**
         * Offboard a tenant: remove all that it has
         * @description It is suspended, and can come back (`abort`) until its grace is over. Then it is exported and removed; export and backups are kept for a while (GET …/offboarded).
         */
        delete: operations["offboardTenant"];
        options?: never;
        head?: never;
        /**
         * Change a tenant's settings
         * @description A JSON merge patch (RFC 7396) on the revision that If-Match names: the ETag of the tenant as read.
         */
        patch: operations["patchTenant"];
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/adopt/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what an adoption would make, and what it leaves
         * @description A real Pulumi preview, and what is found in the namespace. Changes nothing.
         */
        post: operations["previewAdoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a tenant of what serves its customers now
         * @description Without a release it becomes the tenant's live slot, as it is: Teal's route leads there, and takes the host names from those there. With one a copy is made beside, and the routes there keep their requests until they are removed. Refused where anything would be updated, replaced, deleted, or answered otherwise.
         */
        post: operations["adoptTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a tenant to a release
         * @description What is left out is as the tenant's and then the environment's policy says. Outside of maintenance windows it waits; in a freeze it is refused.
         */
        post: operations["startRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a tenant's traffic back
         * @description Turns a rollout under way round, else moves back to the old slot. Never refused as busy.
         */
        post: operations["rollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restart a tenant without an outage
         * @description New pods of the same release and settings, by way of the idle slot and the policy's steps. Gates don't apply; windows and freezes do.
         */
        post: operations["restartTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set how many web pods a tenant has
         * @description In place, whatever the tier says; stays over rollouts. The namespace's quota grows with it.
         */
        post: operations["scaleTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a tenant: no requests, no pods
         * @description Requests are answered with 503, pods go to zero; data and settings stay.
         */
        post: operations["suspendTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/unsuspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a suspended tenant back
         * @description Pods first; once they are ready and answer the checks, the route leads to them again.
         */
        post: operations["unsuspendTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a change of a tenant
         * @description A real Pulumi preview; changes nothing. Works before the tenant exists.
         */
        post: operations["previewChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/traffic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a tenant's requests over time, by color
         * @description From Prometheus where there is one, else from samples that the server takes: of at most half an hour.
         */
        get: operations["readTraffic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/pods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a tenant's pods as they are now
         * @description Read from the cluster, with the last events of the namespace.
         */
        get: operations["listPods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a tenant's pods wrote
         * @description Read from the cluster, with the tenant's secrets masked; bounded in lines and bytes.
         */
        get: operations["readLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/stack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a tenant's stack as Pulumi has it
         * @description Resources, outputs without secrets, and the last updates. Changes nothing, and waits for no update.
         */
        get: operations["readStack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what was changed behind Teal's back
         * @description Reads every object of the tenant, its stack and its route as they are now. Changes nothing.
         */
        get: operations["readDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/drift/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep what was changed, for now
         * @description Weights, slots and settings that were found become those that Teal goes on from; other changes are left alone until an operation changes the same object. An operation that waits for this decision ends.
         */
        post: operations["keepDrift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/repair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repair what was changed
         * @description Previews once more, and mends what the plan lists: where there is more by then, nothing is done.
         */
        post: operations["repairTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a tenant's backups
         * @description Newest first, those that are still kept.
         */
        get: operations["listBackups"];
        put?: never;
        /**
         * Back a tenant's data up
         * @description While it is served. The copy is checked before it counts.
         */
        post: operations["takeBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/restore/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what a restore would do
         * @description Which backup it would be, or between which moments `pointInTime` may be, what would run, and how many minutes of writes would be lost. Changes nothing.
         */
        post: operations["previewRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a tenant's data
         * @description Shuts the service, saves what is there, brings back the data of the backup or moment and the release that ran on it, checks it, and opens again. Takes the preview's plan.
         */
        post: operations["restoreTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/restore/confirm/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what confirming restores would remove
         * @description On AWS a restore keeps the cluster that was in use before. Which would be removed, and what stays of each. Changes nothing.
         */
        post: operations["previewConfirmRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/restore/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm restores: remove the clusters that they left behind
         * @description What the tenant uses is right, so the clusters from before are deleted, each after a last snapshot that stays. Takes the preview's plan. Where a restore replaces data in place there is nothing to confirm.
         */
        post: operations["confirmRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See an environment's certificates, and the host names that wait for one
         * @description From the ledger. Which certificates there are follows from the tenants' host names: nobody asks for one by hand.
         */
        get: operations["listCertificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how a tenant's host names are served
         * @description Of a custom domain that waits, `record` is what its owner has to set in DNS.
         */
        get: operations["listTenantCertificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what restore drills say of each tenant with data
         * @description By tenant: the newest drill, and the newest that passed with its RPO and RTO.
         */
        get: operations["reportDrills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/tenants/{id}/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a tenant's restore drills
         * @description Newest first.
         */
        get: operations["listDrills"];
        put?: never;
        /**
         * Restore a tenant's newest backup for a try
         * @description Into a scratch place, where it is checked, measured and removed. Touches nothing that is live, and keeps no operation waiting.
         */
        post: operations["startDrill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/offboarded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants that have left
         * @description Newest first. An id that was given again can be there more than once.
         */
        get: operations["listOffboarded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/offboarded/{operation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what was deleted of a tenant, and what is kept until when */
        get: operations["getOffboarded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/offboarded/{operation}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a tenant's export
         * @description Its settings without secrets, and where its data is; until the retention is over.
         */
        get: operations["getTenantExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/offboarded/{operation}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep what is left of a tenant longer
         * @description Its backups, its export and its settings. Until then nothing prunes them; a hold is never shortened.
         */
        post: operations["holdOffboarded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List operations, newest first */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an operation */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/output": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what Pulumi printed for an operation
         * @description The last 64 kB of each of its last 20 stack operations, secrets masked; kept for 30 days.
         */
        get: operations["readOutput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take note that an operation failed or went back
         * @description It, and what ended badly on its tenant before it, no longer needs a person. Repeating it changes nothing: the first reason stays.
         */
        post: operations["acknowledgeOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a waiting operation go on
         * @description Approves what the operation's `approval` shows, and nothing else.
         */
        post: operations["approveOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold an operation where it is
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["pauseOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on after a pause or a halt
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["resumeOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a waiting operation
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["rejectOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up: traffic goes back to where it was
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["abortOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a rollout round: traffic goes back to where it was
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["rollbackOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move all traffic at once
         * @description The operation's `actions` say what is allowed now, why not, and what it would do.
         */
        post: operations["finishOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/preview-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link to the new color
         * @description Whoever has the link sees the color under preview in a browser, without signing in.
         */
        post: operations["makePreviewLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in an operation
         * @description JSON, oldest first; or, where Accept asks for text/event-stream, the same as server-sent events that go on live. A stream begins after Last-Event-ID or `after`, else with the first event. It ends, with an event `end`, when the operation has ended.
         */
        get: operations["listOperationEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened everywhere
         * @description JSON, oldest first; or, where Accept asks for text/event-stream, the same as server-sent events that go on live. A stream begins after Last-Event-ID or `after`, else with the first event.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List alerts, newest first
         * @description Those that fire, and those of the last 30 days.
         */
        get: operations["listAlerts"];
        put?: never;
        /**
         * Take what Alertmanager tells
         * @description The body is that of Alertmanager's webhook. It takes TEAL_ALERTS_TOKEN, which is good for nothing else, and no other token. The same alert again, by fingerprint and time, changes nothing. docs/alerts.md says how to set it up.
         */
        post: operations["takeAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{id}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Critical alerts of the copy that an operation brings its release to
         * @description Those that fired at some time while it was under way. They decide nothing: the analysis does.
         */
        get: operations["listOperationAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what needs a person, nearest deadline first
         * @description Operations that wait for a person, halted, failed or went back unasked; tenants and environments that somebody should look at.
         */
        get: operations["listAttention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how Teal itself is
         * @description Answers 200 where something is not well, too: `ok` and `parts` say so. Probes ask /readyz.
         */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/fleet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See all tenants, a compact row each
         * @description From the ledger only. What is usual is left out of a row.
         */
        get: operations["readFleet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/skew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count tenants by the release that is live */
        get: operations["readSkew"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/{env}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what is due: windows, freezes, approvals, holds, what waits */
        get: operations["readCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See who did what, and what came about, newest first */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether Teal can do its work now */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document: OpenAPI 3.1 */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Reason: {
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        NewMode: {
            /** @enum {string} */
            mode: "manage" | "observe";
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        PolicyChange: {
            policy: components["schemas"]["NewPolicy"];
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        /** @description What is left out is as in an environment without a policy. */
        NewPolicy: {
            /**
             * @description By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`
             * @enum {string}
             */
            strategy?: "blue-green" | "recreate";
            /** @description Percent of traffic for the new release, rising to 100 */
            steps?: number[];
            /**
             * @description Whether a user who was led to the new release stays there while its share rises; needs a gateway that can
             * @enum {string}
             */
            affinity?: "none" | "cookie";
            /** @description How long each step is watched before the next */
            bakeSeconds?: number;
            /** @description How long the old slot is kept as it was: rollback is one flip */
            holdSeconds?: number;
            /**
             * @description The old slot afterwards: brought to the new release as a warm backup, kept, or removed
             * @enum {string}
             */
            settling?: "match" | "keep" | "remove";
            /** @description Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one */
            idleReplicas?: number;
            /** @description Seconds until all pods of the new slot must be ready and answer the checks */
            readySeconds?: number;
            /** @description Seconds until the new slot must be applied */
            deploySeconds?: number;
            /** @description Seconds until the gateway must follow a step */
            shiftSeconds?: number;
            /** @description Seconds until background components must have changed over, as far as the stack says */
            promoteSeconds?: number;
            /** @description Seconds until the old slot must be settled */
            settleSeconds?: number;
            /** @description Seconds until the release's migration must have ended */
            migrateSeconds?: number;
            /** @description Seconds until a service that is shut for a change must be back; longer is told as too long */
            maxOutageSeconds?: number;
            /** @description Seconds until traffic must be back, and then again until the idle slot must be restored */
            rollBackSeconds?: number;
            /** @description Share of failed answers (5xx) that the new color may have at most, unless the old one has as many */
            maxErrorRate?: number;
            /** @description Below so many requests a step's figures say nothing */
            minRequests?: number;
            /** @description What a step's figures must be like, besides `maxErrorRate` */
            analysis?: components["schemas"]["AnalysisCheck"][];
            /** @description How often each check must pass in a row */
            checkRepeats?: number;
            /** @description Checks besides those of the release */
            checks?: components["schemas"]["Check"][];
            /**
             * @description With too few requests to judge a step by: let its checks decide, pause for a person, or go back
             * @enum {string}
             */
            inconclusive?: "checks" | "pause" | "roll-back";
            /** @description Where it waits for an approval: before it gets any traffic, before it gets all of it */
            gates?: ("before-traffic" | "before-full")[];
            /** @description Until an approval that nobody gave is taken for a refusal */
            approvalSeconds?: number;
            /** @description When rollouts, and changes that need new pods, may begin; none: at any time */
            windows?: components["schemas"]["Window"][];
            /**
             * @description Whether rollouts begin with a backup, where the tenant has data
             * @enum {string}
             */
            backup?: "before-rollout" | "never";
            /** @description How many backups of a tenant are kept, newest first */
            keepBackups?: number;
            /** @description Seconds until a backup must be taken and checked */
            backupSeconds?: number;
            /** @description Seconds until a backup's data must be back */
            restoreSeconds?: number;
            /** @description How long a tenant that is offboarded stays suspended, and can come back, before it is removed */
            graceSeconds?: number;
            /** @description How long the export and the backups of a tenant are kept once it is removed */
            retainDays?: number;
            /** @description Releases come here by promotion from this environment only; null: from anywhere */
            promoteFrom?: string | null;
            /** @description Days from one restore drill of a tenant with data to the next; 0: none but those asked for */
            drillDays?: number;
        };
        /** @description Bad where the figure breaks its limit; with a limit and a ratio, only where it breaks both */
        AnalysisCheck: {
            /**
             * @description Its name in events and outcomes
             * @example slow-answers
             */
            name: string;
            /** @description A figure of the gateway (rates are shares from 0 to 1, p95 and p99 seconds), or a query */
            metric: ("success-rate" | "error-rate" | "p95" | "p99") | {
                /**
                 * @description Gives one number. `{{namespace}}`, `{{color}}` and `{{seconds}}` (since the step began) are filled in, for each color
                 * @example sum(rate(orders_failed_total{namespace="{{namespace}}",color="{{color}}"}[{{seconds}}s]))
                 */
                promql: string;
            };
            /** @description The new color's figure may be at most this */
            max?: number;
            /** @description The new color's figure must be at least this */
            min?: number;
            /** @description The new color's figure may be at most so many times the old one's */
            maxRatio?: number;
            /** @description Below so many requests the figure says nothing; else the policy's, and at least 100 for p99 */
            minRequests?: number;
        };
        /** @description A request that the new color must answer before it gets traffic */
        Check: {
            /** Format: starts_with */
            path: string;
            /**
             * @default GET
             * @enum {string}
             */
            method?: "GET" | "HEAD";
            /**
             * @description The status that must come back
             * @default 200
             */
            status?: number;
            /** @default 5 */
            timeoutSeconds?: number;
            /** @description How long an answer may take, from request to its last byte */
            maxMilliseconds?: number;
            /** @description What its headers must be */
            headers?: {
                name: string;
                equals?: string;
                /**
                 * @description Regular expression that the text must match somewhere
                 * @example ^2\.
                 */
                matches?: string;
                /** @description Whether it must be there, or must not */
                exists?: boolean;
            }[];
            /** @description What must be in its body, which is then JSON */
            json?: {
                /**
                 * @description JSON pointer (RFC 6901) into the answer; empty: all of it
                 * @example /version
                 */
                path: string;
                equals?: string | number | boolean | null;
                /**
                 * @description Regular expression that the text must match somewhere
                 * @example ^2\.
                 */
                matches?: string;
                /** @description Whether it must be there, or must not */
                exists?: boolean;
            }[];
        };
        /** @description Maintenance window, in the tenant's time zone */
        Window: {
            /** @description Days on which it begins */
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            /** @example 22:00 */
            from: string;
            /**
             * @description Not later than `from`: of the day after
             * @example 04:00
             */
            to: string;
        };
        NewFreeze: {
            /**
             * Format: date-time
             * @description When it begins; now, if left out
             */
            from?: string;
            /**
             * Format: date-time
             * @description When it is over
             * @example 2026-12-27T06:00:00Z
             */
            to: string;
            /**
             * @description Why, as everybody who is held up will read it
             * @example Christmas trade
             */
            reason: string;
        };
        WebhookChange: {
            /**
             * @description https only
             * @example https://hooks.example.com/teal
             */
            url: string;
            /** @description What calls are signed with: `whsec_` and base64, or any text */
            secret: string;
            /**
             * @description After how long it is told again that an operation still waits
             * @default 60
             */
            remindMinutes?: number;
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason?: string;
        };
        NewRelease: {
            /**
             * @description A release's version
             * @example 1.0.0
             */
            version: string;
            /**
             * @description The application's image, by digest (required on aws) or tag
             * @example teal/app:1.0.0
             */
            image: string;
            migration?: {
                command?: string[];
                /** @description The previous release runs on the schema that it leaves */
                compatible: boolean;
            };
            /** @description The application keeps data in files: each tenant gets a volume, which outlives releases */
            volume?: {
                /**
                 * @description Where both colors find the tenant's data; TEAL_DATA_DIR says it too
                 * @example /data
                 */
                path: string;
            };
            /** @default {} */
            components?: {
                /** @default {} */
                web?: {
                    command?: string[];
                    /**
                     * @description Where it listens for requests
                     * @default 8080
                     */
                    port?: number;
                    /**
                     * Format: starts_with
                     * @description Path of its readiness probe
                     * @default /healthz
                     */
                    healthPath?: string;
                };
                background?: {
                    command?: string[];
                    /** @default 1 */
                    replicas?: number;
                };
            };
            /**
             * @default [
             *       {
             *         "path": "/"
             *       }
             *     ]
             */
            checks?: components["schemas"]["Check"][];
            provenance?: components["schemas"]["Provenance"];
        };
        /** @description Which commit and pipeline it comes from */
        Provenance: {
            /**
             * @description What it was built from
             * @example 8f3c1d2e4b5a69788796a5b4c3d2e1f00112233a
             */
            commit: string;
            /**
             * @description The run that built it
             * @example https://github.com/example/shop/actions/runs/1234
             */
            pipeline: string;
            /**
             * @description Where the commit is
             * @example https://github.com/example/shop
             */
            repository?: string;
            /**
             * @description Branch or tag
             * @example refs/heads/main
             */
            ref?: string;
            /**
             * @description What built it
             * @example github-actions
             */
            builder?: string;
            /**
             * Format: date-time
             * @description When it was built
             */
            builtAt?: string;
        };
        Promotion: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            to: string;
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        NewTenant: {
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            id: string;
            /**
             * @description Display name
             * @example Acme Ltd
             */
            name: string;
            /**
             * @description A release's version
             * @example 1.0.0
             */
            release: string;
            /**
             * @description The tenant's size
             * @default small
             * @enum {string}
             */
            tier?: "small" | "medium" | "large";
            /**
             * @description Its place in a wave: lower rings come first
             * @default 0
             */
            ring?: number;
            /**
             * @description Host names of its own, besides the one that Teal gives it
             * @default []
             */
            hostnames?: string[];
            /**
             * @description Plain settings, given to the application
             * @default {}
             */
            config?: {
                [key: string]: string;
            };
            /**
             * @description Feature flags
             * @default {}
             */
            flags?: {
                [key: string]: boolean | string | number;
            };
            /**
             * @description Secret settings. Write-only: never read back
             * @default {}
             */
            secrets?: {
                [key: string]: string;
            };
            /**
             * @description Its time zone (IANA): maintenance windows go by it
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @default {} */
            policy?: components["schemas"]["TenantPolicy"];
        };
        /** @description What goes otherwise than by the environment's policy */
        TenantPolicy: {
            /**
             * @description By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`
             * @enum {string}
             */
            strategy?: "blue-green" | "recreate";
            /** @description Percent of traffic for the new release, rising to 100 */
            steps?: number[];
            /**
             * @description Whether a user who was led to the new release stays there while its share rises; needs a gateway that can
             * @enum {string}
             */
            affinity?: "none" | "cookie";
            /** @description How long each step is watched before the next */
            bakeSeconds?: number;
            /** @description How long the old slot is kept as it was: rollback is one flip */
            holdSeconds?: number;
            /**
             * @description The old slot afterwards: brought to the new release as a warm backup, kept, or removed
             * @enum {string}
             */
            settling?: "match" | "keep" | "remove";
            /** @description Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one */
            idleReplicas?: number;
            /** @description Seconds until all pods of the new slot must be ready and answer the checks */
            readySeconds?: number;
            /** @description Seconds until the new slot must be applied */
            deploySeconds?: number;
            /** @description Seconds until the gateway must follow a step */
            shiftSeconds?: number;
            /** @description Seconds until background components must have changed over, as far as the stack says */
            promoteSeconds?: number;
            /** @description Seconds until the old slot must be settled */
            settleSeconds?: number;
            /** @description Seconds until the release's migration must have ended */
            migrateSeconds?: number;
            /** @description Seconds until a service that is shut for a change must be back; longer is told as too long */
            maxOutageSeconds?: number;
            /** @description Seconds until traffic must be back, and then again until the idle slot must be restored */
            rollBackSeconds?: number;
            /** @description Share of failed answers (5xx) that the new color may have at most, unless the old one has as many */
            maxErrorRate?: number;
            /** @description Below so many requests a step's figures say nothing */
            minRequests?: number;
            /** @description What a step's figures must be like, besides `maxErrorRate` */
            analysis?: components["schemas"]["AnalysisCheck"][];
            /** @description How often each check must pass in a row */
            checkRepeats?: number;
            /** @description Checks besides those of the release */
            checks?: components["schemas"]["Check"][];
            /**
             * @description With too few requests to judge a step by: let its checks decide, pause for a person, or go back
             * @enum {string}
             */
            inconclusive?: "checks" | "pause" | "roll-back";
            /** @description Where it waits for an approval: before it gets any traffic, before it gets all of it */
            gates?: ("before-traffic" | "before-full")[];
            /** @description Until an approval that nobody gave is taken for a refusal */
            approvalSeconds?: number;
            /** @description When rollouts, and changes that need new pods, may begin; none: at any time */
            windows?: components["schemas"]["Window"][];
            /**
             * @description Whether rollouts begin with a backup, where the tenant has data
             * @enum {string}
             */
            backup?: "before-rollout" | "never";
            /** @description How many backups of a tenant are kept, newest first */
            keepBackups?: number;
            /** @description Seconds until a backup must be taken and checked */
            backupSeconds?: number;
            /** @description Seconds until a backup's data must be back */
            restoreSeconds?: number;
            /** @description How long a tenant that is offboarded stays suspended, and can come back, before it is removed */
            graceSeconds?: number;
            /** @description How long the export and the backups of a tenant are kept once it is removed */
            retainDays?: number;
        };
        /** @description JSON merge patch: null removes an entry. */
        TenantPatch: {
            /**
             * @description Display name
             * @example Acme Ltd
             */
            name?: string;
            /**
             * @description The tenant's size
             * @enum {string}
             */
            tier?: "small" | "medium" | "large";
            /** @description Its place in a wave: lower rings come first */
            ring?: number;
            /** @description Host names of its own, besides the one that Teal gives it */
            hostnames?: string[];
            config?: {
                [key: string]: string | null;
            };
            flags?: {
                [key: string]: boolean | string | number | null;
            };
            secrets?: {
                [key: string]: string | null;
            };
            /**
             * @description Its time zone (IANA): maintenance windows go by it
             * @example Europe/Berlin
             */
            timeZone?: string;
            policy?: components["schemas"]["TenantPolicyPatch"];
        };
        TenantPolicyPatch: {
            strategy?: ("blue-green" | "recreate") | null;
            steps?: number[] | null;
            affinity?: ("none" | "cookie") | null;
            bakeSeconds?: number | null;
            holdSeconds?: number | null;
            settling?: ("match" | "keep" | "remove") | null;
            idleReplicas?: number | null;
            readySeconds?: number | null;
            deploySeconds?: number | null;
            shiftSeconds?: number | null;
            promoteSeconds?: number | null;
            settleSeconds?: number | null;
            migrateSeconds?: number | null;
            maxOutageSeconds?: number | null;
            rollBackSeconds?: number | null;
            maxErrorRate?: number | null;
            minRequests?: number | null;
            analysis?: components["schemas"]["AnalysisCheck"][] | null;
            checkRepeats?: number | null;
            checks?: components["schemas"]["Check"][] | null;
            inconclusive?: ("checks" | "pause" | "roll-back") | null;
            gates?: ("before-traffic" | "before-full")[] | null;
            approvalSeconds?: number | null;
            windows?: components["schemas"]["Window"][] | null;
            backup?: ("before-rollout" | "never") | null;
            keepBackups?: number | null;
            backupSeconds?: number | null;
            restoreSeconds?: number | null;
            graceSeconds?: number | null;
            retainDays?: number | null;
        };
        NewAdoption: {
            /**
             * @description Display name
             * @example Acme Ltd
             */
            name: string;
            /**
             * @description The tenant's size
             * @default small
             * @enum {string}
             */
            tier?: "small" | "medium" | "large";
            /**
             * @description Its place in a wave: lower rings come first
             * @default 0
             */
            ring?: number;
            /**
             * @description Of those that routes there serve; none: all of them
             * @default []
             */
            hostnames?: string[];
            /**
             * @description Plain settings, given to the application
             * @default {}
             */
            config?: {
                [key: string]: string;
            };
            /**
             * @description Feature flags
             * @default {}
             */
            flags?: {
                [key: string]: boolean | string | number;
            };
            /**
             * @description Secret settings. Write-only: never read back
             * @default {}
             */
            secrets?: {
                [key: string]: string;
            };
            /**
             * @description Its time zone (IANA): maintenance windows go by it
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @default {} */
            policy?: components["schemas"]["TenantPolicy"];
            /**
             * @description Makes a copy of this release beside what serves now; absent: what serves now becomes the live slot
             * @example 1.0.0
             */
            release?: string;
            /** @description Where what serves them now is; it is left as it is */
            from: {
                /** @example shop */
                namespace: string;
                /** @description Of an Aurora PostgreSQL cluster that is there (`TEAL_TARGET=aws` with `TEAL_PLATFORM`) */
                database?: {
                    /** @example shop-database */
                    cluster: string;
                    /**
                     * @description Of the database in it
                     * @example shop
                     */
                    name: string;
                    /** @description Whom the tenant's pods connect as, by IAM; if not given `t_<environment>_<tenant>`. Its owner makes it: the preview has the SQL */
                    user?: string;
                };
                /**
                 * @description A bucket that is there, with versions on
                 * @example shop-files
                 */
                bucket?: string;
            };
            /**
             * @description Takes the host names from the routes there, once Teal's own serves the same; false: a person does that
             * @default true
             */
            takesHostnames?: boolean;
            /**
             * @description Accepts that no release ever sees what pods there keep on volumes
             * @default false
             */
            leavesVolumes?: boolean;
            reason: string;
        };
        NewRollout: {
            /**
             * @description A release's version
             * @example 1.0.0
             */
            release: string;
            /**
             * @description By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`
             * @enum {string}
             */
            strategy?: "blue-green" | "recreate";
            /** @description Percent of traffic for the new release, rising to 100 */
            steps?: number[];
            /**
             * @description Whether a user who was led to the new release stays there while its share rises; needs a gateway that can
             * @enum {string}
             */
            affinity?: "none" | "cookie";
            /** @description How long each step is watched before the next */
            bakeSeconds?: number;
            /** @description How long the old slot is kept as it was: rollback is one flip */
            holdSeconds?: number;
            /**
             * @description The old slot afterwards: brought to the new release as a warm backup, kept, or removed
             * @enum {string}
             */
            settling?: "match" | "keep" | "remove";
            /** @description Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one */
            idleReplicas?: number;
            /** @description Seconds until all pods of the new slot must be ready and answer the checks */
            readySeconds?: number;
            /** @description Seconds until the new slot must be applied */
            deploySeconds?: number;
            /** @description Seconds until the gateway must follow a step */
            shiftSeconds?: number;
            /** @description Seconds until background components must have changed over, as far as the stack says */
            promoteSeconds?: number;
            /** @description Seconds until the old slot must be settled */
            settleSeconds?: number;
            /** @description Seconds until the release's migration must have ended */
            migrateSeconds?: number;
            /** @description Seconds until a service that is shut for a change must be back; longer is told as too long */
            maxOutageSeconds?: number;
            /** @description Seconds until traffic must be back, and then again until the idle slot must be restored */
            rollBackSeconds?: number;
            /** @description Share of failed answers (5xx) that the new color may have at most, unless the old one has as many */
            maxErrorRate?: number;
            /** @description Below so many requests a step's figures say nothing */
            minRequests?: number;
            /** @description What a step's figures must be like, besides `maxErrorRate` */
            analysis?: components["schemas"]["AnalysisCheck"][];
            /** @description How often each check must pass in a row */
            checkRepeats?: number;
            /** @description Checks besides those of the release */
            checks?: components["schemas"]["Check"][];
            /**
             * @description With too few requests to judge a step by: let its checks decide, pause for a person, or go back
             * @enum {string}
             */
            inconclusive?: "checks" | "pause" | "roll-back";
            /** @description Where it waits for an approval: before it gets any traffic, before it gets all of it */
            gates?: ("before-traffic" | "before-full")[];
            /** @description Until an approval that nobody gave is taken for a refusal */
            approvalSeconds?: number;
            reason?: string;
            /** @description Begin in spite of freezes and outside of maintenance windows; recorded with its reason */
            override?: {
                reason: string;
            };
        };
        OptionalReason: {
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason?: string;
        };
        NewScale: {
            /**
             * @description Web pods of a full slot; null: as many as the tier says
             * @example 5
             */
            replicas: number | null;
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        /** @description A release, settings, or both; for a tenant that does not exist yet, all that creating it takes. */
        PreviewChange: {
            /**
             * @description Display name
             * @example Acme Ltd
             */
            name?: string;
            /**
             * @description The tenant's size
             * @enum {string}
             */
            tier?: "small" | "medium" | "large";
            /** @description Its place in a wave: lower rings come first */
            ring?: number;
            /** @description Host names of its own, besides the one that Teal gives it */
            hostnames?: string[];
            config?: {
                [key: string]: string | null;
            };
            flags?: {
                [key: string]: boolean | string | number | null;
            };
            secrets?: {
                [key: string]: string | null;
            };
            /**
             * @description Its time zone (IANA): maintenance windows go by it
             * @example Europe/Berlin
             */
            timeZone?: string;
            policy?: components["schemas"]["TenantPolicyPatch"];
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            id?: string;
            /**
             * @description A release's version
             * @example 1.0.0
             */
            release?: string;
        };
        DriftDecision: {
            /**
             * @description Stands for what was shown, and is decided on
             * @example 0123456789abcdef
             */
            plan: string;
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
        };
        RestoreSource: {
            /**
             * Format: uuid
             * @description A backup; or say `at` or `pointInTime`
             */
            backup?: string;
            /**
             * Format: date-time
             * @description A time: the newest backup that had been taken by then
             * @example 2026-11-28T03:00:00Z
             */
            at?: string;
            /**
             * Format: date-time
             * @description On AWS: exactly this moment, to the second, in the past of the tenant's own cluster
             * @example 2026-11-28T03:14:07Z
             */
            pointInTime?: string;
        };
        NewRestore: {
            /**
             * Format: uuid
             * @description A backup; or say `at` or `pointInTime`
             */
            backup?: string;
            /**
             * Format: date-time
             * @description A time: the newest backup that had been taken by then
             * @example 2026-11-28T03:00:00Z
             */
            at?: string;
            /**
             * Format: date-time
             * @description On AWS: exactly this moment, to the second, in the past of the tenant's own cluster
             * @example 2026-11-28T03:14:07Z
             */
            pointInTime?: string;
            /** @description Of the preview: what was shown is what is done */
            plan: string;
            reason: string;
        };
        RestoreConfirmationSource: {
            /**
             * @description Generations of clusters to remove; absent: all that aren't in use
             * @example [
             *       1
             *     ]
             */
            clusters?: number[];
        };
        NewRestoreConfirmation: {
            /**
             * @description Generations of clusters to remove; absent: all that aren't in use
             * @example [
             *       1
             *     ]
             */
            clusters?: number[];
            /**
             * @description Of the preview: what was shown is what is done
             * @example 0123456789abcdef
             */
            plan: string;
            /** @example the restored data is right */
            reason: string;
        };
        NewHold: {
            /**
             * Format: date-time
             * @description Later than now held
             * @example 2027-11-28T00:00:00Z
             */
            until: string;
            reason: string;
        };
        ApprovalDecision: {
            /**
             * @description Why, as the ledger will tell it
             * @example customer asked for it
             */
            reason: string;
            /**
             * @description Stands for what was shown, and is decided on
             * @example 0123456789abcdef
             */
            plan: string;
        };
        NewPreviewLink: {
            /**
             * @description How long it is good, at most a day; it ends with the preview in any case
             * @default 60
             */
            minutes?: number;
        };
        /**
         * @example {
         *       "version": "4",
         *       "groupKey": "{}:{alertname=\"TenantFails\", namespace=\"production-acme\"}",
         *       "status": "firing",
         *       "truncatedAlerts": 0,
         *       "alerts": [
         *         {
         *           "status": "firing",
         *           "labels": {
         *             "alertname": "TenantFails",
         *             "severity": "page",
         *             "namespace": "production-acme",
         *             "color": "green"
         *           },
         *           "annotations": {
         *             "summary": "production-acme answers with errors"
         *           },
         *           "startsAt": "2026-01-01T12:00:00.000Z",
         *           "endsAt": "0001-01-01T00:00:00Z",
         *           "generatorURL": "https://prometheus.example.com/graph?g0.expr=…",
         *           "fingerprint": "6ffa21b6b5c2d3e4"
         *         }
         *       ]
         *     }
         */
        AlertmanagerCall: {
            /** @constant */
            version: "4";
            groupKey?: string;
            /** @enum {string} */
            status: "firing" | "resolved";
            /**
             * @description How many were left out for `max_alerts`
             * @default 0
             */
            truncatedAlerts?: number;
            alerts: ({
                /** @enum {string} */
                status: "firing" | "resolved";
                labels: {
                    [key: string]: string;
                };
                /** @default {} */
                annotations?: {
                    [key: string]: string;
                };
                /** Format: date-time */
                startsAt: string;
                /**
                 * Format: date-time
                 * @description Year 1 where Alertmanager doesn't know
                 */
                endsAt?: string;
                generatorURL?: string;
                /**
                 * @description Of its labels
                 * @example 6ffa21b6b5c2d3e4
                 */
                fingerprint: string;
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        Environment: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            name: string;
            stopped?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
            /**
             * @description `observe`: previews, drift and reports, but nothing is written to cluster or stacks
             * @enum {string}
             */
            mode: "manage" | "observe";
            /** @description Who has it only observed, and why */
            observed?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
            tenants: number;
            releases: number;
            /** @description Tenants that have a stack, but are not in this ledger */
            unknownStacks?: string[];
        };
        /** @description RFC 9457; further members are evidence, such as the operation under way. */
        Problem: {
            /** @example urn:teal:problem:tenant_busy */
            type: string;
            title: string;
            status: number;
            /** @description What was expected, what came and what to do */
            detail: string;
            /**
             * @description Stable
             * @enum {string}
             */
            code: "invalid_json" | "invalid_input" | "invalid_cursor" | "bad_request" | "unauthorized" | "foreign_host" | "foreign_origin" | "alerts_off" | "environment_not_found" | "tenant_not_found" | "release_not_found" | "policy_not_found" | "freeze_not_found" | "webhook_not_found" | "backup_not_found" | "pod_not_found" | "stack_not_found" | "offboarded_not_found" | "export_gone" | "operation_not_found" | "route_not_found" | "method_not_allowed" | "request_timeout" | "cannot_keep" | "drift_changed" | "affinity_unsupported" | "adoption_unsafe" | "adopted_data_taken" | "adopted_data_unavailable" | "adopted_data_unfit" | "nothing_to_adopt" | "already_live" | "action_not_allowed" | "environment_observed" | "frozen" | "hostnames_unserved" | "hostname_taken" | "idempotency_conflict" | "data_stack_unsettled" | "drill_under_way" | "backups_unavailable" | "migration_skipped" | "no_room" | "no_data" | "not_proven" | "not_provisioned" | "not_suspended" | "nothing_to_confirm" | "nothing_to_repair" | "nothing_to_roll_back_to" | "plan_changed" | "point_in_time_out_of_range" | "point_in_time_unavailable" | "preview_closed" | "promotion_source" | "release_exists" | "release_withdrawn" | "schema_too_new" | "tenant_busy" | "tenant_suspended" | "tenant_exists" | "restores_unconfirmed" | "retention_over" | "retention_too_short" | "revision_mismatch" | "payload_too_large" | "unsupported_media_type" | "digest_required" | "if_match_required" | "too_many_requests" | "headers_too_large" | "internal" | "preview_failed" | "stack_unreadable" | "adopted_data_unreadable" | "cluster_unreachable" | "load_balancer_unreadable" | "ledger_unavailable" | "too_many_streams";
            /** @description This occurrence, by the request's id as logged */
            instance?: string;
            errors?: components["schemas"]["FieldError"][];
        } & {
            [key: string]: unknown;
        };
        FieldError: {
            /**
             * @description JSON pointer into the body
             * @example /components/web/port
             */
            pointer?: string;
            /** @enum {string} */
            in?: "path" | "query" | "header";
            /** @description Name of the parameter or header */
            name?: string;
            expected: string;
            /** @description The value in short; of a secret only its type */
            received?: string;
            message: string;
        };
        PolicyVersion: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /** @description Counts its changes; also the ETag that PUT takes. 0: nobody has set one */
            version: number;
            policy: components["schemas"]["Policy"];
            changed?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
        };
        /** @description How rollouts go where nobody says otherwise */
        Policy: {
            /**
             * @description By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`
             * @enum {string}
             */
            strategy: "blue-green" | "recreate";
            /** @description Percent of traffic for the new release, rising to 100 */
            steps: number[];
            /**
             * @description Whether a user who was led to the new release stays there while its share rises; needs a gateway that can
             * @enum {string}
             */
            affinity: "none" | "cookie";
            /** @description How long each step is watched before the next */
            bakeSeconds: number;
            /** @description How long the old slot is kept as it was: rollback is one flip */
            holdSeconds: number;
            /**
             * @description The old slot afterwards: brought to the new release as a warm backup, kept, or removed
             * @enum {string}
             */
            settling: "match" | "keep" | "remove";
            /** @description Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one */
            idleReplicas: number;
            /** @description Seconds until all pods of the new slot must be ready and answer the checks */
            readySeconds: number;
            /** @description Seconds until the new slot must be applied */
            deploySeconds: number;
            /** @description Seconds until the gateway must follow a step */
            shiftSeconds: number;
            /** @description Seconds until background components must have changed over, as far as the stack says */
            promoteSeconds: number;
            /** @description Seconds until the old slot must be settled */
            settleSeconds: number;
            /** @description Seconds until the release's migration must have ended */
            migrateSeconds: number;
            /** @description Seconds until a service that is shut for a change must be back; longer is told as too long */
            maxOutageSeconds: number;
            /** @description Seconds until traffic must be back, and then again until the idle slot must be restored */
            rollBackSeconds: number;
            /** @description Share of failed answers (5xx) that the new color may have at most, unless the old one has as many */
            maxErrorRate: number;
            /** @description Below so many requests a step's figures say nothing */
            minRequests: number;
            /** @description What a step's figures must be like, besides `maxErrorRate` */
            analysis: components["schemas"]["AnalysisCheck"][];
            /** @description How often each check must pass in a row */
            checkRepeats: number;
            /** @description Checks besides those of the release */
            checks: components["schemas"]["CheckOutput"][];
            /**
             * @description With too few requests to judge a step by: let its checks decide, pause for a person, or go back
             * @enum {string}
             */
            inconclusive: "checks" | "pause" | "roll-back";
            /** @description Where it waits for an approval: before it gets any traffic, before it gets all of it */
            gates: ("before-traffic" | "before-full")[];
            /** @description Until an approval that nobody gave is taken for a refusal */
            approvalSeconds: number;
            /** @description When rollouts, and changes that need new pods, may begin; none: at any time */
            windows: components["schemas"]["Window"][];
            /**
             * @description Whether rollouts begin with a backup, where the tenant has data
             * @enum {string}
             */
            backup: "before-rollout" | "never";
            /** @description How many backups of a tenant are kept, newest first */
            keepBackups: number;
            /** @description Seconds until a backup must be taken and checked */
            backupSeconds: number;
            /** @description Seconds until a backup's data must be back */
            restoreSeconds: number;
            /** @description How long a tenant that is offboarded stays suspended, and can come back, before it is removed */
            graceSeconds: number;
            /** @description How long the export and the backups of a tenant are kept once it is removed */
            retainDays: number;
            /** @description Releases come here by promotion from this environment only; null: from anywhere */
            promoteFrom: string | null;
            /** @description Days from one restore drill of a tenant with data to the next; 0: none but those asked for */
            drillDays: number;
        };
        /** @description A time in which no rollout begins */
        Freeze: {
            /** Format: uuid */
            id: string;
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            from: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            to: string;
            reason: string;
            by: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            createdAt: string;
            lifted?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason?: string;
            };
        };
        /** @description Where an environment's operations tell that they need a person */
        Webhook: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            url: string;
            remindMinutes: number;
            changed: {
                /** Format: date-time */
                at: string;
                by: string;
                reason?: string;
            };
        };
        WebhookTest: {
            /** @description A status from 200 to 299 came back */
            delivered: boolean;
            /** @description The HTTP status that came back; null: none did */
            status: number | null;
            /** @description Why it counts as not delivered */
            problem?: string;
            milliseconds: number;
        };
        Release: {
            /**
             * @description A release's version
             * @example 1.0.0
             */
            version: string;
            /**
             * @description The application's image, by digest (required on aws) or tag
             * @example teal/app:1.0.0
             */
            image: string;
            migration?: {
                command?: string[];
                /** @description The previous release runs on the schema that it leaves */
                compatible: boolean;
            };
            /** @description The application keeps data in files: each tenant gets a volume, which outlives releases */
            volume?: {
                /**
                 * @description Where both colors find the tenant's data; TEAL_DATA_DIR says it too
                 * @example /data
                 */
                path: string;
            };
            components: {
                web: {
                    command?: string[];
                    /**
                     * @description Where it listens for requests
                     * @default 8080
                     */
                    port: number;
                    /**
                     * Format: starts_with
                     * @description Path of its readiness probe
                     * @default /healthz
                     */
                    healthPath: string;
                };
                background?: {
                    command?: string[];
                    /** @default 1 */
                    replicas: number;
                };
            };
            checks: components["schemas"]["CheckOutput"][];
            provenance?: components["schemas"]["Provenance"];
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            createdAt: string;
            createdBy: string;
            withdrawn?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
            /** @description Where it had proven itself before it came here */
            promotedFrom?: {
                /**
                 * @description Name of a declared environment
                 * @example production
                 */
                environment: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
        };
        /** @description How far a release has come. Every tenant is counted once. */
        Adoption: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description A release's version
             * @example 1.0.0
             */
            release: string;
            /** @description Of the environment, in all */
            tenants: number;
            /** @description It is live there */
            live: {
                count: number;
                /** @description By tenant, as many as `limit` says */
                items: {
                    /**
                     * @description The tenant's id, a DNS label
                     * @example acme
                     */
                    tenant: string;
                }[];
            };
            /** @description On the way to it */
            moving: {
                count: number;
                /** @description By tenant, as many as `limit` says */
                items: {
                    /**
                     * @description The tenant's id, a DNS label
                     * @example acme
                     */
                    tenant: string;
                    /** Format: uuid */
                    operation: string;
                    /** @enum {string} */
                    kind: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
                    /** @enum {string} */
                    phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
                    step?: {
                        index: number;
                        of: number;
                        percent: number;
                    };
                }[];
            };
            /** @description Asked for, and held back */
            held: {
                count: number;
                /** @description By tenant, as many as `limit` says */
                items: {
                    /**
                     * @description The tenant's id, a DNS label
                     * @example acme
                     */
                    tenant: string;
                    /** Format: uuid */
                    operation: string;
                    /** @enum {string} */
                    kind: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
                    /** @enum {string} */
                    phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
                    /** @enum {string} */
                    by: "stop" | "freeze" | "window" | "approval" | "pause" | "halt";
                    /** @description When that ends by itself; null: not known */
                    until: string | null;
                    message: string;
                }[];
                by: {
                    /** @enum {string} */
                    by: "stop" | "freeze" | "window" | "approval" | "pause" | "halt";
                    count: number;
                }[];
            };
            /** @description The last try to bring it there ended badly */
            failed: {
                count: number;
                /** @description By tenant, as many as `limit` says */
                items: {
                    /**
                     * @description The tenant's id, a DNS label
                     * @example acme
                     */
                    tenant: string;
                    /** Format: uuid */
                    operation: string;
                    /** @enum {string} */
                    kind: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
                    /** @enum {string} */
                    phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
                    /** @enum {string} */
                    cause: "release" | "platform" | "tenant" | "policy" | "person";
                    code: string;
                    message: string;
                    /** Format: date-time */
                    at: string;
                }[];
                by: {
                    /** @enum {string} */
                    cause: "release" | "platform" | "tenant" | "policy" | "person";
                    code: string;
                    count: number;
                }[];
            };
            /** @description Tenants that had it, and have another by now */
            past: number;
            /** @description Tenants that nobody has tried to bring to it, or where that was called off before it began */
            rest: number;
        };
        Operation: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @enum {string} */
            state: "queued" | "running" | "waiting" | "succeeded" | "rolled-back" | "failed" | "cancelled";
            /** @enum {string} */
            phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
            actor: string;
            reason?: string;
            /**
             * @description The release that it brings
             * @example 1.0.0
             */
            release?: string;
            /** @description The traffic step under way */
            step?: {
                index: number;
                of: number;
                percent: number;
            };
            outcome?: components["schemas"]["Outcome"];
            /**
             * @description How the slots change over, where they do
             * @enum {string}
             */
            strategy?: "blue-green" | "recreate";
            /** @description While nobody was served for it; without `to`, nobody is */
            outage?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                from: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                to?: string;
                seconds: number;
                limitSeconds: number;
                tooLong: boolean;
            };
            /**
             * Format: uuid
             * @description For a restore: the backup that it brings back
             */
            backup?: string;
            /** @description For a restore to a moment: which, and of which cluster's past */
            pointInTime?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                cluster: string;
            };
            /** @description For a confirmation of restores: generations of the clusters that it removes */
            letsGo?: number[];
            /** @description For an offboarding: how long the tenant can come back, until when (once the grace has begun), and how long what is exported is kept */
            grace?: {
                seconds: number;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                until?: string;
                retainDays: number;
            };
            /** @description Where it goes back, or has gone: what stays as it changed it */
            leaves?: string[];
            /** @description Who had it begin in spite of freezes and maintenance windows, and why */
            override?: {
                by: string;
                reason: string;
            };
            /** @description What it waits at a gate for */
            approval?: {
                /** @enum {string} */
                gate: "before-traffic" | "before-full";
                /** @description What `approve` takes; absent until it has been previewed */
                plan?: string;
                /** @description What would be done next */
                steps: {
                    /** @enum {string} */
                    op: "create" | "update" | "replace" | "delete";
                    urn: string;
                    type: string;
                    name: string;
                    /** @description Properties that change */
                    diffs: string[];
                }[];
                /**
                 * Format: date-time
                 * @description Without an answer by then it goes back
                 */
                expiresAt: string;
            };
            actions: components["schemas"]["Action"][];
            /** @description Who has taken note that it ended badly, and why no more is needed */
            acknowledged?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                by: string;
                reason: string;
            };
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            endedAt?: string;
        };
        Outcome: {
            /**
             * @description Stable; docs/outcomes.md explains each
             * @example release_not_ready
             */
            code: string;
            /** @enum {string} */
            cause: "release" | "platform" | "tenant" | "policy" | "person";
            message: string;
            /** @description Log lines, exit codes, Kubernetes events, answers or figures that show it */
            evidence: {
                /** @enum {string} */
                source: "log" | "exit" | "event" | "request" | "metric" | "pulumi" | "person";
                text: string;
                at?: string;
                /** @description The figure that `text` tells */
                figure?: components["schemas"]["Figure"];
            }[];
        };
        Figure: {
            /**
             * @description The check's name
             * @example errors
             */
            check: string;
            /** @enum {string} */
            metric: "success-rate" | "error-rate" | "p95" | "p99" | "promql";
            new: {
                /** @enum {string} */
                color: "blue" | "green";
                /** @description Null: nothing was measured */
                value: number | null;
                /** @description Requests in the step so far; null: the gateway doesn't say */
                requests: number | null;
            };
            old: {
                /** @enum {string} */
                color: "blue" | "green";
                /** @description Null: nothing was measured */
                value: number | null;
                /** @description Requests in the step so far; null: the gateway doesn't say */
                requests: number | null;
            };
            limit: {
                /** @description The new color's figure may be at most this */
                max?: number;
                /** @description The new color's figure must be at least this */
                min?: number;
                /** @description The new color's figure may be at most so many times the old one's */
                maxRatio?: number;
            };
            minRequests: number;
            /** @enum {string} */
            verdict: "good" | "bad" | "too-few";
        };
        Action: {
            /** @enum {string} */
            name: "pause" | "resume" | "approve" | "reject" | "abort" | "rollback" | "finish";
            allowed: boolean;
            whyNot?: string;
            effect: string;
        };
        Tenant: {
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            id: string;
            /**
             * @description Display name
             * @example Acme Ltd
             */
            name: string;
            /**
             * @description The tenant's size
             * @default small
             * @enum {string}
             */
            tier: "small" | "medium" | "large";
            /**
             * @description Its place in a wave: lower rings come first
             * @default 0
             */
            ring: number;
            /**
             * @description Host names of its own, besides the one that Teal gives it
             * @default []
             */
            hostnames: string[];
            /**
             * @description Plain settings, given to the application
             * @default {}
             */
            config: {
                [key: string]: string;
            };
            /**
             * @description Feature flags
             * @default {}
             */
            flags: {
                [key: string]: boolean | string | number;
            };
            /**
             * @description Its time zone (IANA): maintenance windows go by it
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @default {} */
            policy: components["schemas"]["TenantPolicyOutput"];
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /** @description The color with the traffic; null until provisioned */
            live: ("blue" | "green") | null;
            /** @description Release of the live slot */
            release: string | null;
            /** @description While it is suspended: those that it comes back with */
            weights: components["schemas"]["Weights"];
            /** @description Web pods of a full slot; null: as many as the tier says */
            replicas: number | null;
            /** @description No requests are served until it is unsuspended */
            suspended: boolean;
            /** @description It is shut for an operation, or by one that did not end well */
            maintenance: boolean;
            /** @description GiB of the volume for its data; null: it has none */
            volume: number | null;
            /** @description Release whose migration its data has been through last */
            schema: string | null;
            slots: {
                blue: components["schemas"]["Slot"] | null;
                green: components["schemas"]["Slot"] | null;
            };
            /** @description What serves as the copy of a color whose slot is empty */
            adopted?: components["schemas"]["Adopted"];
            /** @description What it has on AWS that was there before it; a restore may have moved the database since */
            adoptedData?: {
                database?: {
                    cluster: string;
                    name: string;
                    user: string;
                };
                bucket?: string;
            };
            /** @description Names of its secrets; their values are never read back */
            secretNames: string[];
            /** @description Counts changes of its settings; also the ETag that PATCH takes */
            revision: number;
            /** @description The operation under way */
            operation?: components["schemas"]["Operation"];
            /** @description Its own database clusters, oldest first; absent: it has none, or nothing told of them yet */
            clusters?: components["schemas"]["DataCluster"][];
            /**
             * @description The Pulumi stack
             * @example organization/tenant/production.acme
             */
            stack: string;
            /**
             * @description The Kubernetes namespace
             * @example production-acme
             */
            namespace: string;
            url: string;
            /** @description Set where Teal found it changed by somebody else; GET …/drift tells more */
            attention?: {
                code: string;
                message: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
            };
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            createdAt: string;
        };
        /** @description Percent of traffic per color; always sums to 100. */
        Weights: {
            blue: number;
            green: number;
        };
        Slot: {
            /**
             * @description A release's version
             * @example 1.0.0
             */
            release: string;
            image: string;
            /** @description Revision of the tenant's settings that its pods were given */
            revision: number;
            /** @enum {string} */
            scale: "full" | "idle" | "none";
            /** @description Web pods at scale `idle`; one, if not said */
            idleReplicas?: number;
            /** @description Counts restarts; none, if not said */
            restarts?: number;
            /** @description All replicas were ready when Teal last looked */
            ready: boolean;
            replicas?: number;
            readyReplicas?: number;
        };
        /** @description A Service that Teal has not made, in a namespace that it has not made. */
        Adopted: {
            /** @enum {string} */
            color: "blue" | "green";
            namespace: string;
            service: string;
            port: number;
        };
        /** @description A database cluster of the tenant's own */
        DataCluster: {
            /** @description Counts the tenant's clusters, from 1 */
            generation: number;
            /**
             * @description What AWS calls it
             * @example production-acme-2
             */
            identifier: string;
            /**
             * @description `waiting`: kept, and paid for, until its removal is confirmed; `ending`: its removal has begun, and can be confirmed once more where it did not end
             * @enum {string}
             */
            state: "in-use" | "waiting" | "ending";
            /**
             * @description It was there before the tenant: it is let go by forgetting it, and never deleted
             * @constant
             */
            adopted?: true;
            /**
             * Format: uuid
             * @description The restore that had it made
             */
            restore?: string;
            /** @description What its data was when it was made; absent: it began empty */
            restoredFrom?: {
                snapshot?: string;
                cluster?: string;
                /** @description What of that cluster's past */
                at?: string;
            };
        };
        /** @description What an adoption would make, and what it leaves as it is; nothing was done. */
        AdoptionPreview: {
            creates: number;
            updates: number;
            replaces: number;
            deletes: number;
            steps: {
                /** @enum {string} */
                op: "create" | "update" | "replace" | "delete";
                urn: string;
                type: string;
                name: string;
                /** @description Properties that change */
                diffs: string[];
            }[];
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @description What the tenant would be reached by */
            hostnames: string[];
            /** @description The Service that would be the live slot; absent where a release would be beside it */
            adopts?: {
                namespace: string;
                service: string;
                port: number;
            };
            /** @description Host names that would be taken from routes there; `removed`: the route has no others */
            takes: {
                route: string;
                hostnames: string[];
                removed: boolean;
            }[];
            found: {
                namespace: string;
                workloads: {
                    name: string;
                    replicas: number;
                    images: string[];
                }[];
                routes: {
                    name: string;
                    hostnames: string[];
                    /** Format: date-time */
                    createdAt: string;
                    /** @description Where it leads every request, as it is */
                    leadsTo?: {
                        service: string;
                        port: number;
                    };
                    /** @description Why it can't be stood in for, as it does more than that */
                    whyNot?: string;
                }[];
                /** @description Volume claims that pods there use */
                claims: string[];
            };
            /** @description What is there on AWS of what the tenant is to have */
            data?: {
                database: {
                    cluster: string;
                    name: string;
                    user: string;
                    version: string;
                    /** @description Whether IAM authentication is on, without which no pod gets in */
                    iam: boolean;
                    /** @description ARN of the key that it is encrypted with; null: it isn't */
                    key: string | null;
                    vpc: string | null;
                    securityGroups: string[];
                    /** @description What its owner runs in that database, where the user isn't there yet */
                    sql: string[];
                } | null;
                bucket: {
                    name: string;
                    /** @description ARN of the key that it is encrypted with; null: one of AWS's own */
                    key: string | null;
                    /** @description Whether all public access is blocked */
                    closed: boolean;
                } | null;
            };
            /** @description What else a person should know before */
            notes: string[];
        };
        /** @description What would change; nothing was. */
        Preview: {
            creates: number;
            updates: number;
            replaces: number;
            deletes: number;
            steps: {
                /** @enum {string} */
                op: "create" | "update" | "replace" | "delete";
                urn: string;
                type: string;
                name: string;
                /** @description Properties that change */
                diffs: string[];
            }[];
        };
        Traffic: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /**
             * @description Prometheus; samples of the gateway's own figures that this server has taken; or nothing to ask
             * @enum {string}
             */
            source: "prometheus" | "gateway" | "none";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            stepSeconds: number;
            /** @description Figures begin here, later than asked for, as this server does; null: no earlier */
            since: string | null;
            /** @description Why there are none now */
            problem?: string;
            series: {
                blue: components["schemas"]["TrafficPoint"][];
                green: components["schemas"]["TrafficPoint"][];
            };
        };
        TrafficPoint: {
            /**
             * Format: date-time
             * @description End of the interval that it is of
             */
            at: string;
            requestsPerSecond: number;
            /** @description Share of answers 5xx, 0 to 1; null: no requests */
            errorShare: number | null;
            /** @description Seconds; null: not known */
            p50: number | null;
            /** @description Seconds; null: not known */
            p95: number | null;
        };
        /** @description Pods of a tenant as the cluster has them now */
        Pods: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            namespace: string;
            /** Format: date-time */
            at: string;
            items: components["schemas"]["Pod"][];
            /** @description There are more pods than are listed */
            more: boolean;
            /** @description Of the namespace, newest first */
            events: {
                at: string | null;
                type: string;
                reason: string;
                /** @example Pod/blue-web-5c9f */
                object: string;
                message: string;
                count: number;
            }[];
        };
        Pod: {
            name: string;
            color: ("blue" | "green") | null;
            /** @example web */
            component: string | null;
            /** @description Whether its color is the live one; null: it has none */
            role: ("live" | "other") | null;
            /** @example Running */
            phase: string;
            ready: boolean;
            terminating: boolean;
            restarts: number;
            node: string | null;
            createdAt: string | null;
            containers: components["schemas"]["Container"][];
        };
        Container: {
            name: string;
            image: string;
            ready: boolean;
            restarts: number;
            /** @enum {string} */
            state: "running" | "waiting" | "terminated" | "unknown";
            /** @example ImagePullBackOff */
            reason?: string;
            message?: string;
            /**
             * Format: date-time
             * @description Since when it runs, or when it ended
             */
            since?: string;
            exitCode?: number;
            /** @description How the one before it ended */
            last?: {
                exitCode: number;
                reason?: string;
                /** Format: date-time */
                at?: string;
            };
        };
        /** @description What pods wrote, with the tenant's secrets masked */
        Logs: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** Format: date-time */
            at: string;
            items: components["schemas"]["PodLog"][];
            /** @description There are more pods than are read; name one */
            more: boolean;
        };
        PodLog: {
            pod: string;
            color: ("blue" | "green") | null;
            container: string;
            /** @description Of the container before its last restart */
            previous: boolean;
            /** @description Oldest first */
            lines: {
                at: string | null;
                text: string;
            }[];
            /** @description There is more than could be answered with */
            truncated: boolean;
            /** @description Why there is no log */
            problem?: string;
        };
        /** @description A tenant's stack as Pulumi has it */
        Stack: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @example organization/tenant/production.acme */
            name: string;
            /** @description Where Pulumi keeps its state */
            backend: string;
            /** @description Opens it by the plain Pulumi CLI, in the folder `tenant/` */
            command: string;
            /** @description When its state was last written */
            changedAt: string | null;
            /** @description Parents before their children */
            resources: components["schemas"]["StackResource"][];
            /** @description There are more resources than are listed */
            more: boolean;
            outputs: {
                name: string;
                secret: boolean;
                /** @description Null where secret */
                value: unknown;
            }[];
            /** @description The last ones, newest first */
            updates: components["schemas"]["StackUpdate"][];
        };
        StackResource: {
            urn: string;
            /** @example kubernetes:apps/v1:Deployment */
            type: string;
            name: string;
            /** @description URN of the one that it is below */
            parent: string | null;
            /**
             * @description The provider's id
             * @example production-acme/blue-web
             */
            id?: string;
            /**
             * @description `pending`: the end of an operation on it is not known; `incomplete`: made, but not as it should be; `deleting`: replaced, and still to be deleted
             * @enum {string}
             */
            state: "ok" | "pending" | "incomplete" | "deleting";
            /**
             * @description The operation whose end is not known
             * @example creating
             */
            pending?: string;
            /** @description Why it is incomplete */
            errors?: string[];
            protect: boolean;
        };
        StackUpdate: {
            version: number;
            /** @example update */
            kind: string;
            /** @example succeeded */
            result: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            message: string;
            /**
             * Format: uuid
             * @description The operation that it was a part of
             */
            operation?: string;
            /** @description How many resources went through each operation */
            changes: {
                [key: string]: number;
            };
        };
        /** @description What is there and is not as Teal left it. Nothing is repaired unasked. */
        Drift: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            checkedAt: string;
            /** @description Something differs that nobody has decided to keep */
            drifted: boolean;
            /** @description Stands for all that is listed here: what keeping and repairing take */
            plan: string;
            /** @description What was moved or changed as a whole, in words */
            message?: string;
            traffic: {
                /** @description Null: no requests are to be served */
                expected: components["schemas"]["Weights"] | null;
                /** @description The live route's; null: it leads to no slot */
                found: components["schemas"]["Weights"] | null;
            };
            /** @description What a repair would mend */
            items: components["schemas"]["DriftItem"][];
            /** @description What others added to Teal's objects, where Teal sets nothing: neither asked about nor removed */
            additions: {
                kind: string;
                name: string;
                path: string;
                manager: string;
            }[];
        };
        DriftItem: {
            /** @description Tells this very change from any other */
            id: string;
            urn: string;
            /** @example Deployment */
            kind: string;
            /**
             * @description Name in the stack
             * @example blue-web
             */
            name: string;
            /**
             * @description `added`: the stack has it, though Teal gave it none
             * @enum {string}
             */
            change: "changed" | "deleted" | "added";
            /** @description What differs; empty unless `changed` */
            properties: {
                /** @example spec.replicas */
                path: string;
                /** @description As JSON; not shown of Secrets */
                expected?: string;
                /** @description As JSON; not shown of Secrets */
                found?: string;
            }[];
            /** @description Set where an operator has decided to keep it for now */
            kept?: {
                by: string;
                reason: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
            };
        };
        /** @description A checked copy of a tenant's data, and what ran on it */
        Backup: {
            /**
             * Format: uuid
             * @description Also the id of the operation that took it
             */
            id: string;
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            takenAt: string;
            /**
             * @description Kind of that operation
             * @enum {string}
             */
            takenFor: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
            by: string;
            reason?: string;
            provider: string;
            location: string;
            bytes: number;
            files: number;
            checksum: string;
            /**
             * Format: date-time
             * @description When the tenant had last written; absent: never
             */
            lastWriteAt?: string;
            /** @description The version that the data says its schema has */
            schemaVersion?: string;
            /**
             * @description Release whose migration it had been through last
             * @example 1.0.0
             */
            migratedBy?: string;
            /**
             * @description Release that ran on it
             * @example 1.0.0
             */
            release: string;
            image: string;
            /** @description Revision of the tenant's settings then */
            revision: number;
            weights: components["schemas"]["Weights"];
            /** @description The stack's last update then; version 0 where its backend counts none */
            stack?: {
                version: number;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                updatedAt: string;
            };
            /** @description The newest drill that restored it for a try */
            drill?: components["schemas"]["Drill"];
        };
        /** @description A backup restored into a scratch place, checked, measured, and removed */
        Drill: {
            /** Format: uuid */
            id: string;
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /**
             * Format: uuid
             * @description The backup that was restored
             */
            backup: string;
            /** @enum {string} */
            state: "waiting" | "running" | "passed" | "failed";
            /** @description `schedule` where the policy's `drillDays` asked for it */
            by: string;
            reason: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            askedAt: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            beganAt?: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            endedAt?: string;
            /**
             * Format: date-time
             * @description The moment up to which all that was written came back
             */
            restoredTo?: string;
            /**
             * Format: date-time
             * @description The newest write that came back; absent: there never was one
             */
            newestWriteAt?: string;
            /** @description Seconds of writes that would have been lost; 0 where nothing was written since */
            rpoSeconds?: number;
            /** @description Seconds that restoring and checking took */
            rtoSeconds?: number;
            bytes?: number;
            files?: number;
            /** @description Why it failed */
            code?: string;
            message?: string;
        };
        /** @description What a restore would do; nothing was done. */
        RestorePreview: {
            /** @description The backup that would come back; absent for a moment */
            backup?: components["schemas"]["Backup"];
            /** @description The moment that would come back, of which cluster's past, and between which times it may be */
            pointInTime?: {
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                at: string;
                cluster: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                earliest: string;
                /**
                 * Format: date-time
                 * @description UTC, ISO 8601
                 */
                latest: string;
            };
            /** @description What POST …/restore takes */
            plan: string;
            /**
             * Format: date-time
             * @description When the tenant last wrote; absent: never
             */
            lastWriteAt?: string;
            /** @description Minutes of writes since then that would be lost, rounded up */
            minutesLost: number;
            /** @description What runs now, and what would run on the restored data */
            release: {
                /**
                 * @description A release's version
                 * @example 1.0.0
                 */
                from: string;
                /**
                 * @description A release's version
                 * @example 1.0.0
                 */
                to: string;
            };
            /** @description The release that would run is withdrawn */
            withdrawn: boolean;
            /** @description What else a person should know before */
            notes: string[];
        };
        /** @description What confirming would remove; nothing was done. */
        RestoreConfirmationPreview: {
            /** @description What POST …/restore/confirm takes */
            plan: string;
            inUse: components["schemas"]["DataCluster"];
            removed: {
                /** @description Counts the tenant's clusters, from 1 */
                generation: number;
                /**
                 * @description What AWS calls it
                 * @example production-acme-2
                 */
                identifier: string;
                /**
                 * @description `waiting`: kept, and paid for, until its removal is confirmed; `ending`: its removal has begun, and can be confirmed once more where it did not end
                 * @enum {string}
                 */
                state: "in-use" | "waiting" | "ending";
                /**
                 * @description It was there before the tenant: it is let go by forgetting it, and never deleted
                 * @constant
                 */
                adopted?: true;
                /**
                 * Format: uuid
                 * @description The restore that had it made
                 */
                restore?: string;
                /** @description What its data was when it was made; absent: it began empty */
                restoredFrom?: {
                    snapshot?: string;
                    cluster?: string;
                    /** @description What of that cluster's past */
                    at?: string;
                };
                /**
                 * @description Taken before it is deleted; it stays. Absent: an adopted one, which is forgotten and stays itself
                 * @example production-acme-1-7a0c2c1e-last
                 */
                lastSnapshot?: string;
            }[];
            /** @description What else a person should know before */
            notes: string[];
        };
        Certificates: {
            /** @description Who issues them; null: nothing is set up to */
            provider: ("sandbox" | "acm" | "cert-manager") | null;
            /** @description Why the provider can't be worked with */
            problem: {
                message: string;
                /** Format: date-time */
                since: string;
            } | null;
            hostnames: {
                wanted: number;
                /** @description Those that a valid certificate is served for */
                served: number;
                /** @description How many the quotas have room for */
                room: number | null;
            };
            /** @description Host names that wait, the first hundred */
            waiting: components["schemas"]["Hostname"][];
            /** @description Newest first */
            items: components["schemas"]["Certificate"][];
            next?: string;
        };
        Hostname: {
            hostname: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @description Teal makes its records itself; else it is a custom domain */
            own: boolean;
            /**
             * @description Whether a valid certificate is served for it
             * @enum {string}
             */
            state: "served" | "waiting";
            /** @description Of the certificate that is served */
            expiresAt: string | null;
            /** @description Id of the one that is served, or else of the newest */
            certificate: string | null;
            /** @description Why it waits for a certificate, or for a newer one */
            waits: {
                /** @enum {string} */
                code: "over_quota" | "requesting" | "record" | "validation" | "failed" | "attaching";
                message: string;
                /** Format: date-time */
                since: string;
            } | null;
            /** @description What its owner has to set, where that is waited for */
            record: components["schemas"]["ValidationRecord"] | null;
        };
        /** @description A DNS record that shows that a host name's owner wants it served here */
        ValidationRecord: {
            /** @example _0a1b2c3d.shop.example.com */
            name: string;
            /** @enum {string} */
            type: "CNAME" | "TXT";
            /** @example _4e5f6a7b.validations.example.net */
            value: string;
        };
        Certificate: {
            /** @description Rises with each request */
            id: string;
            names: string[];
            /** @enum {string} */
            state: "requested" | "issued" | "failed";
            /** Format: date-time */
            requestedAt: string;
            expiresAt: string | null;
            /** @description Served since, and where */
            attached: {
                listener: number;
                /** Format: date-time */
                at: string;
            } | null;
            /** @description Why it is not issued */
            waits: string | null;
            /** @description Of custom domains: what their owners have to set, and what has been seen */
            records: {
                hostname: string;
                validated: boolean;
                record: components["schemas"]["ValidationRecord"] | null;
            }[];
        };
        /** @description A tenant's host names, the one that Teal gave first */
        Hostnames: {
            items: components["schemas"]["Hostname"][];
        };
        /** @description What restore drills say of one tenant */
        DrillReport: {
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @description As the environment's policy says; 0: only when asked for */
            everyDays: number;
            /** @description The newest that ended */
            last?: components["schemas"]["Drill"];
            /** @description The newest that passed: its RPO and RTO are what holds */
            lastPassed?: components["schemas"]["Drill"];
            unfinished?: components["schemas"]["Drill"];
            /**
             * Format: date-time
             * @description Since when one should have passed and none has
             */
            overdueSince?: string;
        };
        /** @description What was deleted of a tenant that left, and what is kept until when */
        OffboardedTenant: {
            /**
             * Format: uuid
             * @description The offboarding; also what names this record
             */
            operation: string;
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            name: string;
            by: string;
            reason?: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            removedAt: string;
            /** @description `data`: where its data is. Null: nothing could be exported, or it is deleted by now */
            exported: {
                /** @description Where the export is read */
                href: string;
                data: string | null;
            } | null;
            /**
             * @description What was lost for good, since somebody had it removed though it could not be exported
             * @example the export of its settings, and what was written to its volume since its last backup
             */
            lost?: string;
            /** @description What its stack had, and is gone */
            deleted: {
                objects: {
                    /** @example kubernetes:core/v1:Namespace */
                    type: string;
                    name: string;
                    /**
                     * @description The provider's id
                     * @example production-acme
                     */
                    id?: string;
                }[];
                more: boolean;
            };
            /** @description Where was looked for something left, and nothing was */
            checked: string[];
            kept: {
                /** @description Backups of its data that are still there */
                backups: number;
                bytes: number;
                /**
                 * Format: date-time
                 * @description When they, the export and the tenant's settings are deleted
                 */
                until: string;
                /** @description Who has them kept longer than was said at first, and why */
                hold?: {
                    by: string;
                    reason: string;
                    /**
                     * Format: date-time
                     * @description UTC, ISO 8601
                     */
                    at: string;
                };
                /** @description What else is deleted only later */
                others: {
                    /** @example KMS key */
                    what: string;
                    /**
                     * @description What names it where it is
                     * @example arn:aws:kms:eu-central-1:…:key/…
                     */
                    id: string;
                    /** @description Null: until the retention ends */
                    until: string | null;
                    /**
                     * @description It was there before the tenant: it is its owner's, and is never deleted
                     * @constant
                     */
                    stays?: true;
                }[];
            };
            /**
             * Format: date-time
             * @description When that was done: nothing is kept but this record
             */
            prunedAt?: string;
        };
        /** @description What a tenant was when it left, without secrets */
        TenantExport: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            exportedAt: string;
            settings: {
                /**
                 * @description Display name
                 * @example Acme Ltd
                 */
                name: string;
                /**
                 * @description The tenant's size
                 * @default small
                 * @enum {string}
                 */
                tier: "small" | "medium" | "large";
                /**
                 * @description Its place in a wave: lower rings come first
                 * @default 0
                 */
                ring: number;
                /**
                 * @description Host names of its own, besides the one that Teal gives it
                 * @default []
                 */
                hostnames: string[];
                /**
                 * @description Plain settings, given to the application
                 * @default {}
                 */
                config: {
                    [key: string]: string;
                };
                /**
                 * @description Feature flags
                 * @default {}
                 */
                flags: {
                    [key: string]: boolean | string | number;
                };
                /**
                 * @description Its time zone (IANA): maintenance windows go by it
                 * @default UTC
                 * @example Europe/Berlin
                 */
                timeZone: string;
                /** @default {} */
                policy: components["schemas"]["TenantPolicyOutput"];
            };
            /** @description Names of its secrets; their values are in no export */
            secretNames: string[];
            /** @description Release that ran last; null: none ever did */
            release: string | null;
            image: string | null;
            /** @description Release whose migration its data has been through last */
            schema: string | null;
            /** @description The last backup of its data; null: it had none, or none was to be taken */
            data: {
                /** Format: uuid */
                backup: string;
                provider: string;
                /** @description Where the data is */
                location: string;
                bytes: number;
                files: number;
                checksum: string;
            } | null;
        };
        /** @description What Pulumi printed for an operation; kept for 30 days */
        Output: {
            /** Format: uuid */
            operation: string;
            /** @description The last ones, oldest first */
            items: components["schemas"]["OutputRun"][];
        };
        OutputRun: {
            /**
             * @description Phase of the operation in which it ran
             * @enum {string}
             */
            phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
            /** @enum {string} */
            task: "up" | "preview" | "destroy";
            failed: boolean;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            endedAt: string;
            /** @description What Pulumi printed, secrets masked */
            text: string;
            /** @description Its beginning is left out */
            truncated: boolean;
        };
        PreviewLink: {
            /**
             * Format: uri
             * @description To be opened in a browser
             */
            url: string;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            expiresAt: string;
        };
        Event: {
            /** @description Rises by time: what Last-Event-ID takes */
            id: number;
            operation: string | null;
            /** @description Null: it is about the platform, or Teal itself */
            environment: string | null;
            tenant: string | null;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            at: string;
            /**
             * @description What kind of thing happened
             * @example phase
             */
            type: string;
            phase: ("queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled") | null;
            message: string;
            data: {
                [key: string]: unknown;
            };
        };
        AlertsTaken: {
            /** @description Of those that came, how many fire */
            firing: number;
            /** @description Of those that came, how many are over */
            ended: number;
            /** @description Not kept, since 2000 fire already */
            refused: number;
        };
        Alert: {
            /** Format: uuid */
            id: string;
            /** @example TenantFails */
            name: string;
            /** @enum {string} */
            severity: "critical" | "warning" | "info";
            /**
             * @description `lapsed`: Alertmanager went silent about it
             * @enum {string}
             */
            state: "firing" | "resolved" | "lapsed";
            /** @description Null: it is about the platform, or Teal itself */
            environment: string | null;
            tenant: string | null;
            /** @description The tenant's copy that it is about */
            color: ("blue" | "green") | null;
            summary: string;
            description: string | null;
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description When Alertmanager last spoke of it
             */
            toldAt: string;
            endedAt: string | null;
            labels: {
                [key: string]: string;
            };
            runbook: string | null;
            /** @description What raised it */
            generator: string | null;
        };
        /** @description What needs a person, nearest deadline first, then oldest first; alerts that warn only come last */
        Attention: {
            items: components["schemas"]["AttentionItem"][];
            next?: string;
            /** @description Of all there are, whatever the page holds */
            counts: {
                [key: string]: number;
            };
        };
        AttentionItem: {
            /** @description Tells it from any other; stays while it lasts */
            id: string;
            /** @enum {string} */
            concern: "approval" | "paused" | "halted" | "failed" | "rolled-back" | "tenant" | "certificate" | "drill" | "unknown-stacks" | "stopped" | "alert";
            /** @description Null: it is about the platform, or Teal itself */
            environment: string | null;
            tenant: string | null;
            /** Format: date-time */
            since: string;
            /** @description When it is decided without a person; null: never */
            deadline: string | null;
            /**
             * @description Who has to act
             * @enum {string}
             */
            cause: "release" | "platform" | "tenant" | "policy" | "person";
            code: string;
            message: string;
            /** @description Log lines, exit codes, Kubernetes events, answers or figures that show it */
            evidence: {
                /** @enum {string} */
                source: "log" | "exit" | "event" | "request" | "metric" | "pulumi" | "person";
                text: string;
                at?: string;
                /** @description The figure that `text` tells */
                figure?: components["schemas"]["Figure"];
            }[];
            /** @description What is allowed now */
            actions: components["schemas"]["AttentionAction"][];
            /** @description The operation that waits or ended badly */
            operation?: components["schemas"]["Operation"];
            /** @description The alert that fires */
            alert?: components["schemas"]["Alert"];
            /**
             * Format: uuid
             * @description An operation of the tenant that was begun since
             */
            underWay?: string;
        };
        AttentionAction: {
            /** @example approve */
            name: string;
            /** @description What it would bring about */
            effect: string;
            /** @enum {string} */
            method: "GET" | "POST";
            path: string;
            /** @description What `approve` takes besides a reason */
            plan?: string;
        };
        /** @description Teal itself */
        Status: {
            /** Format: date-time */
            at: string;
            ok: boolean;
            version: string;
            /** @enum {string} */
            target: "sandbox" | "kubernetes" | "aws";
            /** @enum {string} */
            engine: "embedded" | "cli";
            /**
             * Format: date-time
             * @description When the server that answers was started
             */
            startedAt: string;
            parts: {
                /** @enum {string} */
                name: "database" | "queue" | "workers" | "cluster" | "gateway" | "alertmanager";
                ok: boolean;
                /** @description Why not, in one line */
                problem?: string;
                /**
                 * Format: date-time
                 * @description Since when it is so, as far back as this server has looked
                 */
                since: string;
            }[];
            workers: {
                /** @description Its host, data directory, process and when that began */
                name: string;
                version: string;
                /** Format: date-time */
                startedAt: string;
                /**
                 * Format: date-time
                 * @description When it last reported, which it does every few seconds
                 */
                seenAt: string;
                alive: boolean;
                /** @description Operations that it holds */
                operations: number;
            }[];
            /** @description Null where TEAL_ALERTS_TOKEN is not set, or the database does not answer */
            alerts: {
                /** @description When Alertmanager's watchdog last came; null: never */
                heard: string | null;
                /** @description Alerts that fire, whatever they are about */
                firing: number;
            } | null;
            /** @description Operations that have not ended; null where the database does not answer */
            queue: {
                /** @description Operations that could begin and that no worker has taken yet */
                waiting: number;
                /** @description Since when the longest of them waits */
                oldest: string | null;
                /** @description Held up by a freeze, a maintenance window or a stopped environment */
                held: number;
                /** @description Paused, halted, or at a gate: a person has to act */
                resting: number;
                /** @description All the others */
                underWay: number;
            } | null;
            /** @description The DynamoDB table that the state of deployments is kept in, where there is one */
            deployments?: {
                table: string;
                /** @description Tenants whose state is still to be written */
                waiting: number;
                /** @description Since when the longest of them waits */
                oldest: string | null;
            };
        };
        /** @description All tenants of an environment, by id */
        Fleet: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /** @description The newest release that is not withdrawn */
            newest: string | null;
            /** @description Of a tenant; `{id}` stands for its id */
            url: string;
            /** @description Tenants in all */
            total: number;
            items: components["schemas"]["FleetRow"][];
            next?: string;
        };
        FleetRow: {
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            id: string;
            name: string;
            /** @description Of its own, besides the one that Teal gives it */
            hostnames?: string[];
            /** @enum {string} */
            tier: "small" | "medium" | "large";
            ring: number;
            /** @description Null until provisioned */
            live: ("blue" | "green") | null;
            /** @description Of the live slot */
            release: string | null;
            /** @description Namespace of what serves as a color's copy, whose pods Teal doesn't look at */
            adopted?: string;
            /** @description Left out where all traffic goes to the live slot */
            weights?: components["schemas"]["Weights"];
            /**
             * @description No requests are served
             * @constant
             */
            suspended?: true;
            /**
             * @description It is suspended for work on it, not by anybody's wish
             * @constant
             */
            maintenance?: true;
            /** @description What the other slot holds: the new release while one comes, else the old one or a backup */
            other?: {
                /**
                 * @description A release's version
                 * @example 1.0.0
                 */
                release: string;
                /** @enum {string} */
                scale: "full" | "idle" | "none";
                ready: boolean;
            };
            /** @description All pods of the live slot were ready when Teal last looked */
            ready: boolean;
            /** @description Of the live slot: ready, and wanted */
            pods?: [
                number,
                number
            ];
            /** @description The operation under way */
            operation?: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard";
                /** @enum {string} */
                state: "queued" | "running" | "waiting" | "succeeded" | "rolled-back" | "failed" | "cancelled";
                /** @enum {string} */
                phase: "queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled";
                /**
                 * @description A release's version
                 * @example 1.0.0
                 */
                release?: string;
                step?: {
                    index: number;
                    of: number;
                    percent: number;
                };
                /** @description Why it waits */
                code?: string;
                /**
                 * Format: date-time
                 * @description Since when it is in its phase
                 */
                since: string;
            };
            /** @description Its last operation ended badly, and nobody has acted on it */
            failed?: {
                /** Format: uuid */
                operation: string;
                code: string;
            };
            /** @description How many newer releases there are, withdrawn ones left out; none, if not said */
            behind?: number;
            /**
             * Format: date-time
             * @description When the first of them came
             */
            behindSince?: string;
            /** @description Code of why somebody should look at it */
            attention?: string;
        };
        /** @description How many tenants have which release live */
        Skew: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            tenants: number;
            /** @description Newest release first */
            items: {
                /** @description Null: not provisioned yet */
                release: string | null;
                behind: number;
                withdrawn: boolean;
                tenants: number;
                rings: {
                    ring: number;
                    tenants: number;
                }[];
            }[];
            /** @description Tenants of still older releases than are listed */
            others: number;
        };
        Calendar: {
            /**
             * @description Name of a declared environment
             * @example production
             */
            environment: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description By when they begin */
            items: components["schemas"]["CalendarItem"][];
            /** @description There is more than could be answered with; ask for a shorter time */
            more: boolean;
            /** @description Tenants without maintenance windows */
            always: number;
        };
        CalendarItem: {
            /** @constant */
            what: "window";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            timeZone: string;
            /** @description Tenants of this time zone and these windows */
            tenants: number;
        } | {
            /** @constant */
            what: "freeze";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: uuid */
            id: string;
            reason: string;
            by: string;
        } | {
            /** @constant */
            what: "approval";
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            operation: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
            /** @enum {string} */
            gate: "before-traffic" | "before-full";
        } | {
            /** @constant */
            what: "hold";
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            operation: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
        } | {
            /** @constant */
            what: "removal";
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            operation: string;
            /**
             * @description The tenant's id, a DNS label
             * @example acme
             */
            tenant: string;
        } | {
            /** @constant */
            what: "due";
            /** Format: date-time */
            at: string;
            operations: number;
            /** @description The first of them */
            tenants: string[];
            /** @enum {string} */
            code: "outside_window" | "frozen";
        };
        ActivityItem: {
            /** @description Rises by time: what Last-Event-ID takes */
            id: number;
            operation: string | null;
            /** @description Null: it is about the platform, or Teal itself */
            environment: string | null;
            tenant: string | null;
            /**
             * Format: date-time
             * @description UTC, ISO 8601
             */
            at: string;
            /**
             * @description What kind of thing happened
             * @example phase
             */
            type: string;
            phase: ("queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled") | null;
            message: string;
            data: {
                [key: string]: unknown;
            };
            /** @description Who caused it; null: nobody did, it came about */
            actor: string | null;
            /** @description Why, where somebody said so */
            reason: string | null;
        };
        Readiness: {
            ready: boolean;
            checks: {
                name: string;
                ok: boolean;
                problem?: string;
            }[];
        };
        /** @description A request that the new color must answer before it gets traffic */
        CheckOutput: {
            /** Format: starts_with */
            path: string;
            /**
             * @default GET
             * @enum {string}
             */
            method: "GET" | "HEAD";
            /**
             * @description The status that must come back
             * @default 200
             */
            status: number;
            /** @default 5 */
            timeoutSeconds: number;
            /** @description How long an answer may take, from request to its last byte */
            maxMilliseconds?: number;
            /** @description What its headers must be */
            headers?: {
                name: string;
                equals?: string;
                /**
                 * @description Regular expression that the text must match somewhere
                 * @example ^2\.
                 */
                matches?: string;
                /** @description Whether it must be there, or must not */
                exists?: boolean;
            }[];
            /** @description What must be in its body, which is then JSON */
            json?: {
                /**
                 * @description JSON pointer (RFC 6901) into the answer; empty: all of it
                 * @example /version
                 */
                path: string;
                equals?: string | number | boolean | null;
                /**
                 * @description Regular expression that the text must match somewhere
                 * @example ^2\.
                 */
                matches?: string;
                /** @description Whether it must be there, or must not */
                exists?: boolean;
            }[];
        };
        /** @description What goes otherwise than by the environment's policy */
        TenantPolicyOutput: {
            /**
             * @description By traffic that moves step by step, or all at once while nobody is served; a release whose migration isn't compatible always goes by `recreate`
             * @enum {string}
             */
            strategy?: "blue-green" | "recreate";
            /** @description Percent of traffic for the new release, rising to 100 */
            steps?: number[];
            /**
             * @description Whether a user who was led to the new release stays there while its share rises; needs a gateway that can
             * @enum {string}
             */
            affinity?: "none" | "cookie";
            /** @description How long each step is watched before the next */
            bakeSeconds?: number;
            /** @description How long the old slot is kept as it was: rollback is one flip */
            holdSeconds?: number;
            /**
             * @description The old slot afterwards: brought to the new release as a warm backup, kept, or removed
             * @enum {string}
             */
            settling?: "match" | "keep" | "remove";
            /** @description Web pods of a slot that was matched; at most as many as the tenant's tier gives a full one */
            idleReplicas?: number;
            /** @description Seconds until all pods of the new slot must be ready and answer the checks */
            readySeconds?: number;
            /** @description Seconds until the new slot must be applied */
            deploySeconds?: number;
            /** @description Seconds until the gateway must follow a step */
            shiftSeconds?: number;
            /** @description Seconds until background components must have changed over, as far as the stack says */
            promoteSeconds?: number;
            /** @description Seconds until the old slot must be settled */
            settleSeconds?: number;
            /** @description Seconds until the release's migration must have ended */
            migrateSeconds?: number;
            /** @description Seconds until a service that is shut for a change must be back; longer is told as too long */
            maxOutageSeconds?: number;
            /** @description Seconds until traffic must be back, and then again until the idle slot must be restored */
            rollBackSeconds?: number;
            /** @description Share of failed answers (5xx) that the new color may have at most, unless the old one has as many */
            maxErrorRate?: number;
            /** @description Below so many requests a step's figures say nothing */
            minRequests?: number;
            /** @description What a step's figures must be like, besides `maxErrorRate` */
            analysis?: components["schemas"]["AnalysisCheck"][];
            /** @description How often each check must pass in a row */
            checkRepeats?: number;
            /** @description Checks besides those of the release */
            checks?: components["schemas"]["CheckOutput"][];
            /**
             * @description With too few requests to judge a step by: let its checks decide, pause for a person, or go back
             * @enum {string}
             */
            inconclusive?: "checks" | "pause" | "roll-back";
            /** @description Where it waits for an approval: before it gets any traffic, before it gets all of it */
            gates?: ("before-traffic" | "before-full")[];
            /** @description Until an approval that nobody gave is taken for a refusal */
            approvalSeconds?: number;
            /** @description When rollouts, and changes that need new pods, may begin; none: at any time */
            windows?: components["schemas"]["Window"][];
            /**
             * @description Whether rollouts begin with a backup, where the tenant has data
             * @enum {string}
             */
            backup?: "before-rollout" | "never";
            /** @description How many backups of a tenant are kept, newest first */
            keepBackups?: number;
            /** @description Seconds until a backup must be taken and checked */
            backupSeconds?: number;
            /** @description Seconds until a backup's data must be back */
            restoreSeconds?: number;
            /** @description How long a tenant that is offboarded stays suspended, and can come back, before it is removed */
            graceSeconds?: number;
            /** @description How long the export and the backups of a tenant are kept once it is removed */
            retainDays?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listEnvironments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Environment"][];
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The environment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopEnvironment: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The environment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setEnvironmentMode: {
        parameters: {
            query?: never;
            header?: {
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMode"];
            };
        };
        responses: {
            /** @description The environment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeEnvironment: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The environment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    /** @description The policy's version, as If-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `policy_not_found`: No such version of the policy. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPolicy: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyChange"];
            };
        };
        responses: {
            /** @description The policy from now on */
            200: {
                headers: {
                    /** @description The policy's version, as If-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `affinity_unsupported`: The gateway doesn't keep users where they are. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision_mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `if_match_required`: If-Match is required. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFreezes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Freeze"][];
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declareFreeze: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFreeze"];
            };
        };
        responses: {
            /** @description The freeze */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    liftFreeze: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The freeze's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The freeze, lifted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `freeze_not_found`: No such freeze. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, without its secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `webhook_not_found`: The environment has no webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setWebhook: {
        parameters: {
            query?: never;
            header?: {
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description The webhook, without its secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `webhook_not_found`: The environment has no webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `webhook_not_found`: The environment has no webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Release"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerRelease: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRelease"];
            };
        };
        responses: {
            /** @description The very same release was there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description Registered */
            201: {
                headers: {
                    /** @description Path of the release */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `release_exists`: The version exists with another content. `promotion_source`: The policy takes releases from another environment. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `digest_required`: The image must be given by digest. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description A release's version */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The release */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAdoption: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description A release's version */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who has it, moves to it, is held back, failed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adoption"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRelease: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description A release's version */
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The release, withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteRelease: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description A release's version */
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Promotion"];
            };
        };
        responses: {
            /** @description It was there already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description Promoted */
            201: {
                headers: {
                    /** @description Path of the release */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `release_withdrawn`: The release is withdrawn. `not_proven`: The release has not succeeded where it comes from. `promotion_source`: The policy takes releases from another environment. `release_exists`: The version exists with another content. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTenants: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Part of an id, a name or a host name */
                q?: string;
                /** @description Of the live slot */
                release?: string;
                tier?: "small" | "medium" | "large";
                ring?: number;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Tenant"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTenant"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_exists`: The tenant exists. `environment_observed`: The environment is only observed. `release_withdrawn`: The release is withdrawn. `hostname_taken`: Another tenant has the host name. `affinity_unsupported`: The gateway doesn't keep users where they are. `no_room`: The load balancer has no room for it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant */
            200: {
                headers: {
                    /** @description The revision of its settings, as If-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    offboardTenant: {
        parameters: {
            query?: {
                reason?: string;
                graceSeconds?: number;
                retainDays?: number;
            };
            header?: {
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `backups_unavailable`: Nothing is set up to back data up. `retention_too_short`: It would be kept for less long than it has to be. `hostnames_unserved`: Nobody would serve its host names. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `cluster_unreachable`: The cluster does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchTenant: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantPatch"];
                "application/merge-patch+json": components["schemas"]["TenantPatch"];
            };
        };
        responses: {
            /** @description Nothing changes; the tenant */
            200: {
                headers: {
                    /** @description The revision of its settings, as If-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `hostname_taken`: Another tenant has the host name. `no_room`: The load balancer has no room for it. `frozen`: The environment is frozen. `affinity_unsupported`: The gateway doesn't keep users where they are. `tenant_suspended`: The tenant is suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `revision_mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `if_match_required`: If-Match is required. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewAdoption: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAdoption"];
            };
        };
        responses: {
            /** @description What would be made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptionPreview"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `nothing_to_adopt`: Nothing there serves customers in a way that can be adopted. `adoption_unsafe`: Adopting would change what is there. `adopted_data_unavailable`: Tenants have nothing on AWS here that could be adopted. `adopted_data_unfit`: The database or bucket can't be adopted as it is. `adopted_data_taken`: Another tenant has adopted that data. `tenant_exists`: The tenant exists. `release_withdrawn`: The release is withdrawn. `hostname_taken`: Another tenant has the host name. `affinity_unsupported`: The gateway doesn't keep users where they are. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `adopted_data_unreadable`: AWS doesn't let the data be looked at. `cluster_unreachable`: The cluster does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adoptTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAdoption"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `nothing_to_adopt`: Nothing there serves customers in a way that can be adopted. `adoption_unsafe`: Adopting would change what is there. `adopted_data_unavailable`: Tenants have nothing on AWS here that could be adopted. `adopted_data_unfit`: The database or bucket can't be adopted as it is. `adopted_data_taken`: Another tenant has adopted that data. `tenant_exists`: The tenant exists. `release_withdrawn`: The release is withdrawn. `hostname_taken`: Another tenant has the host name. `affinity_unsupported`: The gateway doesn't keep users where they are. `environment_observed`: The environment is only observed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `adopted_data_unreadable`: AWS doesn't let the data be looked at. `cluster_unreachable`: The cluster does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startRollout: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRollout"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `tenant_suspended`: The tenant is suspended. `release_withdrawn`: The release is withdrawn. `schema_too_new`: The release can't run on the tenant's data. `migration_skipped`: A migration before it has not been run. `backups_unavailable`: Nothing is set up to back data up. `already_live`: The release is live already. `frozen`: The environment is frozen. `affinity_unsupported`: The gateway doesn't keep users where they are. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBack: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `nothing_to_roll_back_to`: The tenant has no old slot to go back to. `tenant_suspended`: The tenant is suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restartTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. `frozen`: The environment is frozen. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scaleTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScale"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unsuspendTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `not_suspended`: The tenant is not suspended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewChange: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewChange"];
            };
        };
        responses: {
            /** @description What would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `release_not_found`: No such release. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `release_withdrawn`: The release is withdrawn. `hostname_taken`: Another tenant has the host name. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTraffic: {
        parameters: {
            query?: {
                minutes?: number;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rates, errors and times */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Traffic"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPods: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pods */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pods"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `cluster_unreachable`: The cluster does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLogs: {
        parameters: {
            query?: {
                color?: "blue" | "green";
                pod?: string;
                container?: string;
                previous?: boolean;
                lines?: number;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last lines of each container */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logs"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `pod_not_found`: The tenant has no such pod. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `cluster_unreachable`: The cluster does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readStack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stack */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stack"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `stack_not_found`: The tenant has no stack. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stack_unreadable`: The stack cannot be read. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What differs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keepDrift: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DriftDecision"];
            };
        };
        responses: {
            /** @description What still differs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `drift_changed`: The drift is not what the plan was made of. `cannot_keep`: What was found cannot be kept. `hostname_taken`: Another tenant has the host name. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    repairTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DriftDecision"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `drift_changed`: The drift is not what the plan was made of. `nothing_to_repair`: The tenant is as Teal left it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBackups: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Backup"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeBackup: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `no_data`: The tenant has no data that Teal keeps. `backups_unavailable`: Nothing is set up to back data up. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRestore: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreSource"];
            };
        };
        responses: {
            /** @description What would be done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestorePreview"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `no_data`: The tenant has no data that Teal keeps. `backups_unavailable`: Nothing is set up to back data up. `restores_unconfirmed`: The tenant has as many clusters as it may. `point_in_time_out_of_range`: The data can't be brought back to that moment. `point_in_time_unavailable`: The data can't be brought back to any moment. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreTenant: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRestore"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. `no_data`: The tenant has no data that Teal keeps. `backups_unavailable`: Nothing is set up to back data up. `restores_unconfirmed`: The tenant has as many clusters as it may. `point_in_time_out_of_range`: The data can't be brought back to that moment. `point_in_time_unavailable`: The data can't be brought back to any moment. `plan_changed`: What would be done is not what the plan says. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `preview_failed`: The preview failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewConfirmRestore: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreConfirmationSource"];
            };
        };
        responses: {
            /** @description What would be removed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoreConfirmationPreview"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. `nothing_to_confirm`: No cluster waits to be confirmed away. `data_stack_unsettled`: The last update of the tenant's data stack failed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stack_unreadable`: The stack cannot be read. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmRestore: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRestoreConfirmation"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `tenant_busy`: The tenant has an operation under way. `environment_observed`: The environment is only observed. `not_provisioned`: No release has ever run for the tenant. `tenant_suspended`: The tenant is suspended. `nothing_to_confirm`: No cluster waits to be confirmed away. `data_stack_unsettled`: The last update of the tenant's data stack failed. `plan_changed`: What would be done is not what the plan says. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stack_unreadable`: The stack cannot be read. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCertificates: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them, and what waits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificates"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTenantCertificates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The host names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hostnames"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportDrills: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tenants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DrillReport"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDrills: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Drill"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startDrill: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                /** @description The tenant's id, a DNS label */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description It waits for a worker; GET …/drills shows how it goes */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drill"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `tenant_not_found`: No such tenant. `backup_not_found`: No such backup. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `drill_under_way`: A restore drill of the tenant is under way. `backups_unavailable`: Nothing is set up to back data up. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOffboarded: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tenant?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OffboardedTenant"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffboarded: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                operation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was deleted, and what is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffboardedTenant"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `offboarded_not_found`: No such offboarding. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTenantExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
                operation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantExport"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `offboarded_not_found`: No such offboarding. `export_gone`: The export is deleted, or was never made. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdOffboarded: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
                operation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description What was deleted, and what is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OffboardedTenant"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `offboarded_not_found`: No such offboarding. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `retention_over`: What was kept is deleted. `retention_too_short`: It would be kept for less long than it has to be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                environment?: string;
                tenant?: string;
                /** @description Of these kinds */
                kind?: ("provision" | "configure" | "rollout" | "rollback" | "restart" | "scale" | "suspend" | "unsuspend" | "repair" | "backup" | "restore" | "offboard")[];
                /** @description In one of these states */
                state?: ("queued" | "running" | "waiting" | "succeeded" | "rolled-back" | "failed" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Operation"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOutput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text of each stack operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Output"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalDecision"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. `plan_changed`: What would be done is not what the plan says. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    abortOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishOperation: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description Accepted: the operation that does it */
            202: {
                headers: {
                    /** @description Path of the operation */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `action_not_allowed`: The operation does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makePreviewLink: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path: {
                /** @description The operation's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewPreviewLink"];
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewLink"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. `preview_closed`: The operation has no preview to be seen now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperationEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: number;
                after?: number;
            };
            header?: {
                "last-event-id"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Event"][];
                        next?: string;
                    };
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `too_many_streams`: Too many event streams are open. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: number;
                after?: number;
                environment?: string;
                tenant?: string;
            };
            header?: {
                "last-event-id"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Event"][];
                        next?: string;
                    };
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. `too_many_streams`: Too many event streams are open. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                environment?: string;
                tenant?: string;
                /** @description In one of these states */
                state?: ("firing" | "resolved" | "lapsed")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Alert"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeAlerts: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                "teal-actor"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertmanagerCall"];
            };
        };
        responses: {
            /** @description What became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsTaken"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. `invalid_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alerts_off`: Teal takes no alerts here. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The idempotency key was used for another call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body's type is not taken. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperationAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first, at most 50 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Alert"][];
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAttention: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                environment?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attention"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its parts, workers and queue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFleet: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenants, by id */
            200: {
                headers: {
                    /** @description Of all that is in it, as If-None-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fleet"];
                };
            };
            /** @description Nothing has changed */
            304: {
                headers: {
                    /** @description Of all that is in it, as If-None-Match takes it */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSkew: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tenants by release and ring */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Skew"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCalendar: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                /** @description Name of a declared environment */
                env: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is due, by when it begins */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                environment?: string;
                tenant?: string;
                operation?: string;
                /** @description Caused by this one */
                actor?: string;
                /** @description Of these types */
                type?: string[];
                /** @description That came with one of these phases */
                phase?: ("queued" | "backing-up" | "migrating" | "restoring-data" | "deploying" | "verifying" | "awaiting-approval" | "shifting" | "baking" | "promoting" | "holding" | "settling" | "closing" | "stopping" | "opening" | "grace" | "exporting" | "removing" | "warming" | "rolling-back" | "restoring" | "paused" | "halted" | "succeeded" | "rolled-back" | "failed" | "cancelled")[];
                people?: boolean;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ActivityItem"][];
                        next?: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `environment_not_found`: No such environment. `operation_not_found`: No such operation. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot; `checks` say why */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `invalid_input`: The request does not fit its schema. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid token is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Something went wrong in Teal. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ledger_unavailable`: The ledger does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
