SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#contract',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
